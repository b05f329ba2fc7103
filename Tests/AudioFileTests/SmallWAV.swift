// A writer of small WAV files, byte by byte, for tests: every field of the header can be made wrong.
import Foundation

struct SmallWAV {
  var sampleRate: UInt32 = 44_100
  var channels: UInt16 = 1
  /// Interleaved 32-bit float samples.
  var samples: [Float] = []

  /// The whole file, or its first `length` bytes.
  func bytes(cutTo length: Int? = nil) -> [UInt8] {
    var out: [UInt8] = []
    func put32(_ value: UInt32) { out += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) } }
    func put16(_ value: UInt16) { out += [0, 8].map { UInt8(truncatingIfNeeded: value >> $0) } }
    let dataBytes = UInt32(samples.count * 4)
    out += Array("RIFF".utf8)
    put32(36 + dataBytes)
    out += Array("WAVEfmt ".utf8)
    put32(16)
    put16(3)  // IEEE float
    put16(channels)
    put32(sampleRate)
    put32(sampleRate &* UInt32(channels) &* 4)
    put16(channels &* 4)
    put16(32)
    out += Array("data".utf8)
    put32(dataBytes)
    for sample in samples { put32(sample.bitPattern) }
    return Array(out.prefix(length ?? out.count))
  }

  static func sine(_ hertz: Double, seconds: Double, sampleRate: UInt32 = 44_100) -> [Float] {
    (0..<Int(seconds * Double(sampleRate))).map { Float(0.5 * sin(2 * .pi * hertz * Double($0) / Double(sampleRate))) }
  }
}

/// A folder that goes away with the test.
final class TemporaryFolder {
  let url: URL
  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("antiphon-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file.path
  }
}
