// JackClient on PipeWire: rate and quantum change while it runs, and a death that nobody announces.
//
// PipeWire has its own libjack. So the outer test starts a private PipeWire and runs this test program again with that
// library in front; the inner test then does the work.
import CJACK
import Foundation
import Testing

@testable import AudioIO

private let environment = ProcessInfo.processInfo.environment
private let isInside = environment["LISTEN_INSIDE_PIPEWIRE"] != nil
private let library: String? = {
  let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
  let candidates = folders.map { "/usr/lib/\($0)/pipewire-0.3/jack" } + ["/usr/lib/pipewire-0.3/jack"]
  return candidates.first { FileManager.default.fileExists(atPath: $0 + "/libjack.so.0") }
}()
private let canRun = isInstalled("pipewire") && isInstalled("pw-metadata") && library != nil

@Suite(
  .serialized, .enabled(if: !isInside && canRun, "PipeWire is not installed (Debian packages pipewire, pipewire-jack)"))
struct PipeWireTests {
  @Test("PipeWire killed; sample rate and buffer size changed while running", .timeLimit(.minutes(10)))
  func changesWhileRunningAndDeath() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("listen-\(UUID().uuidString.prefix(8))")
    let permissions: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: permissions)
    defer { try? FileManager.default.removeItem(at: folder) }
    let inner = Process()
    inner.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    inner.arguments = ["--testing-library", "swift-testing", "--filter", "PipeWireInside"]
    inner.environment = environment.merging([
      "LISTEN_INSIDE_PIPEWIRE": "1", "XDG_RUNTIME_DIR": folder.path, "PIPEWIRE_RUNTIME_DIR": folder.path,
      "LD_LIBRARY_PATH": [library, environment["LD_LIBRARY_PATH"]].compactMap(\.self).joined(separator: ":"),
    ]) { $1 }
    let output = Pipe()
    inner.standardOutput = output
    inner.standardError = output
    try inner.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    inner.waitUntilExit()
    #expect(inner.terminationStatus == 0, "\(text)")
    #expect(text.contains("3 deaths survived"), "the inner test did not run: \(text)")
  }
}

@Suite(.serialized, .enabled(if: isInside, "runs inside PipeWireTests"))
struct PipeWireInside {
  private func force(_ key: String, _ value: Int) throws {
    let tool = try launch("pw-metadata", ["-n", "settings", "0", key, "\(value)"])
    tool.waitUntilExit()
    #expect(tool.terminationStatus == 0)
  }

  @Test(.timeLimit(.minutes(10))) func changesWhileRunningAndDeath() throws {
    var server = try launch("pipewire", [])
    defer { server.murder() }
    let ear = try TestInput(server: nil, connect: .matching("counter:out"))
    #expect(ear.hears(4800, within: 20), "\(ear.status)")
    #expect(ear.status.state == .active)
    let rate = ear.status.sampleRate
    let source = try #require(TestSource(name: "counter", server: nil))
    #expect(ear.listen { ear.status.connections == ["counter:out"] }, "\(ear.status)")

    let epoch = ear.last.epoch
    let other = rate == 44_100 ? 48_000 : 44_100
    try force("clock.allowed-rates", other)
    try force("clock.force-rate", other)
    #expect(ear.listen { ear.last.sampleRate == other && ear.last.epoch > epoch }, "\(ear.status)")
    #expect(ear.status.restarts == 0)

    for quantum in [64, 2048, 8192, 128] {
      try force("clock.force-quantum", quantum)
      #expect(ear.listen { ear.status.period == quantum }, "\(quantum): \(ear.status)")
      #expect(ear.hears(quantum * 4))
    }
    #expect(ear.status.oversize == 0)
    #expect(ear.status.drops == 0)
    #expect(ear.status.state == .active)

    for restart in 1...3 {
      server.murder()
      #expect(eventually(within: 5) { ear.status.state != .active }, "\(ear.status)")
      server = try launch("pipewire", [])
      #expect(ear.listen(within: 20) { ear.status.restarts == restart && ear.status.state == .active }, "\(ear.status)")
      #expect(ear.hears(4800))
    }
    print("PipeWire: \(ear.status.restarts) deaths survived, \(ear.frames) frames heard, \(ear.status)")
    source.close()
    ear.input.stop()
  }
}
