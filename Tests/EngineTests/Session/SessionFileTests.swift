// Settings that are kept and found again.

import Control
import Foundation
import Testing

@testable import Engine

@Suite struct SessionFileTests {
  private let list = SettingsList(
    style: "my \"own\"", isChanged: true, mode: "answer", scaleRule: "lock D dorian",
    settings: [
      .init(name: "temperature", value: 1.25, range: 0.1...2, unit: "", summary: ""),
      .init(name: "register", value: -12, range: -24...24, unit: "semitones", summary: ""),
      .init(name: "thru", value: 1, range: 0...1, unit: "switch", summary: ""),
    ])

  private let requests: [Request] = [
    .set(name: "style", value: "my \"own\""), .set(name: "mode", value: "answer"),
    .set(name: "scale", value: "lock D dorian"), .set(name: "register", value: "-12"),
    .set(name: "temperature", value: "1.25"), .set(name: "thru", value: "true"),
  ]

  @Test func readsWhatItWrites() throws {
    let folder = NSTemporaryDirectory() + "session-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = SessionFile(session: folder + "/Antiphon.nABCD")
    #expect(try file.read() == nil)
    try file.write(list)
    #expect(FileManager.default.fileExists(atPath: folder + "/Antiphon.nABCD.toml"))
    #expect(try file.read() == requests)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
    #expect(throws: OutputFileError.self) { try SessionFile(session: folder + "/none/x").write(list) }
    let taken = SessionFile(session: folder + "/y")
    try FileManager.default.createDirectory(atPath: taken.path, withIntermediateDirectories: true)
    #expect(throws: SessionFileError.self) { try taken.read() }
  }

  @Test func namesTheLineThatIsWrong() {
    let file = SessionFile(session: "/s/x")
    let error = #expect(throws: SessionFileError.self) { try file.requests("mode = \"answer\"\ntemperature = [1]\n") }
    #expect(error?.description.contains("/s/x.toml are wrong in line 2: temperature is a list") == true)
    #expect(throws: SessionFileError.self) { try file.requests("mode = ") }
  }

  @Test func goesOnAfterWhatIsRefused() {
    var asked: [Request] = []
    let refused = SessionFile.apply(requests) { request in
      asked.append(request)
      return request == .set(name: "mode", value: "answer") ? .failure(Failure(.badValue, "No such mode.")) : .done("")
    }
    #expect(asked == requests)
    #expect(refused == ["No such mode."])
  }
}
