// Levels of a buffer of samples, and setting them.
import Foundation

enum Levels {
  static func gain(decibels: Double) -> Float { Float(pow(10, decibels / 20)) }

  static func peak(_ samples: [Float]) -> Float { samples.reduce(0) { max($0, abs($1)) } }

  static func rms(_ samples: [Float]) -> Float {
    guard !samples.isEmpty else { return 0 }
    return (samples.reduce(0) { $0 + $1 * $1 } / Float(samples.count)).squareRoot()
  }

  /// Scales so that the largest sample has the level given, in dBFS; a silent buffer stays silent.
  static func setPeak(_ samples: inout [Float], decibels: Double) {
    let peak = peak(samples)
    guard peak > 1e-9 else { return }
    scale(&samples, by: gain(decibels: decibels) / peak)
  }

  static func scale(_ samples: inout [Float], by gain: Float) {
    for index in samples.indices { samples[index] *= gain }
  }

  /// Adds `other` so that its RMS lies `decibels` above that of `samples`. Where either is silent, it is added as is.
  static func mix(_ other: [Float], into samples: inout [Float], decibels: Double) {
    let (own, its) = (rms(samples), rms(other))
    let factor = own > 1e-9 && its > 1e-9 ? gain(decibels: decibels) * own / its : 1
    for index in 0..<min(samples.count, other.count) { samples[index] += factor * other[index] }
  }
}
