// Sounds whose figures are known, as files.
import AudioFile
import Foundation

/// A folder of sound files that is removed with its owner.
final class SyntheticSound {
  static let rate = 44_100.0
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "antiphon waveform \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes `samples` as 16 bits.
  func write(_ samples: [Float], _ name: String, rate: Double = SyntheticSound.rate) throws -> URL {
    let url = folder.appending(path: name)
    try SoundFileWriter.write(samples, rate: rate, to: url.path)
    return url
  }

  /// The sum of sines of equal amplitude.
  static func tones(_ frequencies: [Double], amplitude: Double, seconds: Double, rate: Double = rate) -> [Float] {
    (0..<Int(seconds * rate)).map { sample in
      let phases = frequencies.map { sin(2 * .pi * $0 * Double(sample) / rate) }
      return Float(amplitude * phases.reduce(0, +))
    }
  }

  /// Clicks of 1 ms at `times` over silence.
  static func clicks(_ times: [Double], seconds: Double) -> [Float] {
    var samples = [Float](repeating: 0, count: Int(seconds * rate))
    for time in times {
      for offset in 0..<44 { samples[Int(time * rate) + offset] = offset % 2 == 0 ? 0.6 : -0.6 }
    }
    return samples
  }

  /// Notes that are struck and die away, each with four partials.
  static func struck(_ times: [Double], pitches: [Double], seconds: Double) -> [Float] {
    var samples = [Float](repeating: 0, count: Int(seconds * rate))
    for (time, pitch) in zip(times, pitches) {
      let frequency = 440 * exp2((pitch - 69) / 12)
      let start = Int(time * rate)
      for sample in start..<min(samples.count, start + 2 * Int(rate)) {
        let t = Double(sample - start) / rate
        let partials = (1...4).map { sin(2 * .pi * frequency * Double($0) * t) / Double($0) }
        samples[sample] += Float(0.2 * exp(-6 * t) * partials.reduce(0, +))
      }
    }
    return samples
  }
}
