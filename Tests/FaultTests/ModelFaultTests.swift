// Model files that cannot be used: the daemon says which and what to do, and never traps.

import Control
import Foundation
import Testing

private let canRun = FileManager.default.isExecutableFile(atPath: antiphond)

@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: canRun, "antiphond is not built beside the tests"))
struct ModelFaultTests {
  /// The small models of the tests.
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../NeuralTests/Golden").standardized
  private static let scales = golden.appending(path: "chromalite-3.safetensors")
  private static let notes = golden.appending(path: "notes.safetensors")

  /// A damage to the bytes of a good file.
  struct Fault: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var apply: @Sendable (Data) -> Data
  }

  private static let faults = [
    Fault(testDescription: "0 bytes") { _ in Data() },
    Fault(testDescription: "junk") { Data(repeating: 0xA5, count: $0.count) },
    Fault(testDescription: "truncated") { $0.prefix($0.count * 2 / 3) },
    Fault(testDescription: "a huge header") { Data([255, 255, 255, 255, 255, 255, 255, 127]) + $0.dropFirst(8) },
    Fault(testDescription: "another architecture") { replace("architecture", "architectura", in: $0) },
    Fault(testDescription: "NaN weights") { data in
      // The last tensor's last number.
      data.dropLast(4) + Data([0, 0, 0xC0, 0x7F])
    },
  ]

  private static func replace(_ text: String, _ other: String, in data: Data) -> Data {
    var data = data
    if let range = data.range(of: Data(text.utf8)) { data.replaceSubrange(range, with: Data(other.utf8)) }
    return data
  }

  @Test("model file wrong, NaN, truncated, 0 bytes, huge: refused in one sentence with the remedy", arguments: faults)
  func badModel(_ fault: Fault) throws {
    let folder = NSTemporaryDirectory() + "/af-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (option, good) in [("--model", Self.scales), ("--note-model", Self.notes)] {
      let bad = folder + "/bad.safetensors"
      try fault.apply(try Data(contentsOf: good)).write(to: URL(fileURLWithPath: bad))
      let others = ["--model", Self.scales.path, "--note-model", Self.notes.path]
      let daemon = try DaemonProcess(others + [option, bad])
      #expect(eventually { !daemon.process.isRunning }, "it runs with \(fault.testDescription) for \(option)")
      daemon.process.waitUntilExit()
      // An end by a signal would be a trap.
      #expect(daemon.process.terminationReason == .exit && daemon.process.terminationStatus == 1)
      let lines = daemon.log.split(separator: "\n")
      #expect(lines.count == 1 && daemon.log.contains(bad), "\(daemon.log)")
      #expect(daemon.log.contains("copy the file anew") || daemon.log.contains("antiphon-train"), "\(daemon.log)")
    }
  }
}
