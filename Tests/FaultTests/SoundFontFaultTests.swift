// SoundFonts that cannot be played: the daemon says which and why, and goes on without sound.

import Control
import Foundation
import Testing

private let canRun = FileManager.default.isExecutableFile(atPath: antiphond)

@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: canRun, "antiphond is not built beside the tests"))
struct SoundFontFaultTests {
  /// What stands where the SoundFont should be, made at a path, and a word that the daemon must say about it.
  struct Fault: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var says: String
    var make: @Sendable (String) throws -> Void
  }

  private static let faults = [
    Fault(testDescription: "missing", says: "does not exist") { _ in },
    Fault(testDescription: "empty", says: "is not a SoundFont") { try Data().write(to: URL(fileURLWithPath: $0)) },
    Fault(testDescription: "junk", says: "is not a SoundFont") {
      try Data(repeating: 0x55, count: 100_000).write(to: URL(fileURLWithPath: $0))
    },
    Fault(testDescription: "truncated", says: "cut short") {
      try TinySoundFont().data.dropLast(100).write(to: URL(fileURLWithPath: $0))
    },
    Fault(testDescription: "damaged", says: "damaged") {
      try TinySoundFont(omitted: ["shdr"]).data.write(to: URL(fileURLWithPath: $0))
    },
    Fault(testDescription: "a directory", says: "not a regular file") {
      try FileManager.default.createDirectory(atPath: $0, withIntermediateDirectories: true)
    },
    Fault(testDescription: "a fifo", says: "not a regular file") { #expect(mkfifo($0, 0o600) == 0) },
  ]

  @Test(
    "SoundFont missing, junk, truncated, a directory, a fifo: runs without sound, names the file", arguments: faults)
  func badSoundFont(_ fault: Fault) throws {
    // Named by the environment, as an installation does it; a fifo that were opened would hold the start up for good.
    let name = NSTemporaryDirectory() + "/af-\(UUID().uuidString.prefix(8)).sf2"
    defer { try? FileManager.default.removeItem(atPath: name) }
    try fault.make(name)
    let daemon = try DaemonProcess(environment: ["ANTIPHON_SOUNDFONT": name])
    let status = try daemon.client().status()
    #expect(status.voice?.soundFont == nil && status.voice?.isReady == false)
    #expect(status.warnings.contains { $0.contains(name) && $0.contains(fault.says) }, "\(status.warnings)")
    #expect(daemon.end() == 0)
    #expect(daemon.log.components(separatedBy: name).count == 2, "\(daemon.log)")  // said once
  }

  @Test("SoundFont huge: refused for want of memory, runs without sound", .enabled(if: isInstalled("jackd")))
  func hugeSoundFont() throws {
    let server = JackServer()
    try server.start()
    defer { server.end() }
    // 3 GB of samples that take no room on the disk, in a process that may have less.
    let daemon = try DaemonProcess(["--server", server.name], before: "ulimit -v 3000000") { folder in
      try Self.makeSparse(3_000_000_000, folder + "/data/soundfonts/huge.sf2")
    }
    let client = try daemon.client()
    #expect(
      try eventually(within: 20) {
        try client.status().warnings.contains { $0.contains("huge.sf2") && $0.contains("try another") }
      }, "\(daemon.log)")
    #expect(try eventually { try client.status().audio.input.isActive })
    #expect(try client.status().voice?.isReady == false)
    #expect(daemon.end() == 0)
  }

  /// The tiny SoundFont with a hole of `size` bytes behind its samples.
  private static func makeSparse(_ size: Int, _ path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var data = TinySoundFont().data
    /// Enlarges the chunk whose name stands at `place`.
    func grow(_ place: Int) {
      let old = (0..<4).reduce(0) { $0 | Int(data[place + 4 + $1]) << (8 * $1) }
      for i in 0..<4 { data[place + 4 + i] = UInt8(truncatingIfNeeded: (old + size) >> (8 * i)) }
    }
    let samples = try #require(data.range(of: Data("smpl".utf8))?.lowerBound)
    let tables = try #require(data.range(of: Data("pdta".utf8))?.lowerBound) - 8
    grow(0)
    grow(try #require(data.range(of: Data("sdta".utf8))?.lowerBound) - 8)
    grow(samples)
    _ = FileManager.default.createFile(atPath: path, contents: data[..<tables])
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seek(toOffset: UInt64(tables + size))
    try file.write(contentsOf: data[tables...])
    try file.close()
  }
}
