// Levels of a stream of samples.
import Foundation

/// Peak, root mean square, mean, and what is clipped or silent. Its memory does not grow.
struct LevelMeter {
  /// The largest sample of 16 bits; samples from here on count as clipped.
  static let clip: Float = 32767.0 / 32768
  /// A hop of 5 ms whose root mean square is below -60 dBFS is silent.
  private static let silence = 1e-6

  private(set) var peak: Float = 0
  private(set) var clipped = 0
  private(set) var samples = 0
  private var sum = 0.0
  private var energy = 0.0
  private var silent = 0

  /// Takes in the samples of a hop.
  mutating func process(_ hop: UnsafeBufferPointer<Float>) {
    var own = 0.0
    for sample in hop {
      let size = abs(sample)
      peak = max(peak, size)
      if size >= Self.clip { clipped += 1 }
      sum += Double(sample)
      own += Double(sample) * Double(sample)
    }
    energy += own
    samples += hop.count
    if own < Self.silence * Double(hop.count) { silent += hop.count }
  }

  /// dBFS, a full-scale square wave being 0; nil for digital silence.
  var rootMeanSquare: Double? { energy > 0 ? 10 * log10(energy / Double(samples)) : nil }
  /// dBFS; nil for digital silence.
  var peakLevel: Double? { peak > 0 ? 20 * log10(Double(peak)) : nil }
  /// The mean of the samples, 1 being full scale.
  var offset: Double { samples > 0 ? sum / Double(samples) : 0 }
  /// The share of the time that is silent.
  var silenceShare: Double { samples > 0 ? Double(silent) / Double(samples) : 0 }
}
