// A random stretch of a sound file.
import AudioFile
import Foundation

/// Reads part of a sound file as mono samples.
enum SoundExcerpt {
  /// At most `seconds` from a random place of the file, at the file's own rate, with a peak of -40...-1 dBFS.
  static func random(
    from url: URL, seconds: Double, using generator: inout SplitMix64
  ) throws -> (samples: [Float], rate: Double) {
    let file = try SoundFile(path: url.path)
    let wanted = Int(seconds * file.sampleRate)
    let latest = max(0, (file.announcedDuration ?? 0) - seconds / 2)
    var skip = Int(generator.uniform(0...max(latest, 0.001)) * file.sampleRate)
    var samples: [Float] = []
    var block = [Float](repeating: 0, count: 16384)
    while samples.count < wanted {
      let count = try block.withUnsafeMutableBufferPointer { try file.read(into: $0) }
      guard count > 0 else { break }
      let dropped = min(skip, count)
      skip -= dropped
      samples += block[dropped..<count]
    }
    samples.removeLast(max(0, samples.count - wanted))
    Levels.setPeak(&samples, decibels: generator.uniform(-40 ... -1))
    return (samples, file.sampleRate)
  }
}
