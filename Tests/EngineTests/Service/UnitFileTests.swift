// The systemd unit: what it exposes, and that systemd understands every line of it.

import Foundation
import Testing

@testable import Engine

private let systemdAnalyze = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"]
  .first { FileManager.default.isExecutableFile(atPath: $0) }

@Suite(.enabled(if: systemdAnalyze != nil, "systemd-analyze is not installed (Debian package systemd)"))
struct UnitFileTests {
  /// The unit as it is installed, in a folder of its own that is removed when `body` is over.
  private func withUnit(_ change: (String) -> String = { $0 }, _ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "/au-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let template = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../systemd/antiphond.service.in").standardizedFileURL
    let text = try String(contentsOf: template, encoding: .utf8)
    #expect(text.contains("@bindir@/antiphond"))
    // A program that is there: whether ours is installed is another question.
    let unit = text.replacingOccurrences(of: "@bindir@/antiphond", with: "/bin/true")
    try change(unit).write(toFile: folder + "/antiphond.service", atomically: true, encoding: .utf8)
    try body(folder + "/antiphond.service")
  }

  private func run(_ arguments: [String], in folder: String) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(systemdAnalyze))
    process.arguments = arguments
    process.environment = ["XDG_RUNTIME_DIR": folder, "HOME": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// What systemd has to say about the unit: `verify` succeeds even where it does not know a setting.
  private func complaints(_ unit: String) throws -> [String] {
    let folder = URL(fileURLWithPath: unit).deletingLastPathComponent().path
    let lines = try run(["verify", "--user", "--man=no", unit], in: folder).text.split(separator: "\n").map(String.init)
    return lines.filter { $0.contains("antiphond.service") }
  }

  private func exposure(_ unit: String, limit: Int) throws -> Bool {
    let folder = URL(fileURLWithPath: unit).deletingLastPathComponent().path
    let arguments = ["security", "--user", "--offline=true", "--no-pager", "--threshold=\(limit)", unit]
    return try run(arguments, in: folder).status == 0
  }

  @Test func exposesLittle() throws {
    try withUnit { unit in
      let isWithin = try exposure(unit, limit: 25)
      #expect(isWithin)
    }
    // The check itself finds what it is there for.
    let isKept = { (line: Substring) in !line.hasPrefix("Protect") && !line.hasPrefix("SystemCall") }
    try withUnit({ $0.split(separator: "\n").filter(isKept).joined(separator: "\n") }) { unit in
      let isWithin = try exposure(unit, limit: 25)
      #expect(!isWithin)
    }
  }

  @Test func everyLineIsUnderstood() throws {
    try withUnit { unit in
      let found = try complaints(unit)
      #expect(found == [])
    }
    try withUnit({ $0 + "\n[Service]\nProtectHoem=yes\n" }) { unit in
      let found = try complaints(unit)
      #expect(found.contains { $0.contains("ProtectHoem") })
    }
  }

  /// What would keep the daemon from its devices, its server or its priority: each broke a start when it was tried.
  @Test(arguments: [
    "PrivateDevices=", "RestrictRealtime=", "PrivateNetwork=", "ProtectClock=", "DevicePolicy=", "DeviceAllow=",
    "TemporaryFileSystem=", "ProtectHome=yes", "ProtectHome=tmpfs", "IPAddressDeny=", "@resources", "@memlock",
  ])
  func nothingIsShutThatIsNeeded(setting: String) throws {
    try withUnit { unit in
      let lines = try String(contentsOfFile: unit, encoding: .utf8).split(separator: "\n")
      #expect(!lines.contains { !$0.hasPrefix("#") && $0.contains(setting) })
    }
  }
}
