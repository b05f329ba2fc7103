// How far the instrument is tuned from 440 Hz.

/// The circular mean of the peaks' positions within their semitone, with a memory of twenty seconds.
struct TuningEstimator {
  private static let memory = 20.0
  /// Peaks outside E3...C7 say little: low ones are coarse, high ones are stretched overtones.
  private static let pitches = 52.0...96.0

  private var x = 0.0
  private var y = 0.0
  private var total = 0.0

  /// Deviation in semitones, -0.5...0.5; 0 without evidence.
  private(set) var deviation = 0.0
  /// How well the peaks agree, 0...1.
  var agreement: Double { total > 0 ? (x * x + y * y).squareRoot() / total : 0 }

  mutating func reset() { self = TuningEstimator() }

  /// Takes in the peaks of a frame that is `seconds` after the last one.
  mutating func process(_ peaks: [Salience.Peak], seconds: Double) {
    let decay = Double.exp(-seconds / Self.memory)
    x *= decay
    y *= decay
    total *= decay
    for peak in peaks where Self.pitches.contains(peak.pitch) {
      let angle = 2 * Double.pi * peak.pitch
      x += peak.weight * Double.cos(angle)
      y += peak.weight * Double.sin(angle)
      total += peak.weight
    }
    deviation = total > 0 ? Double.atan2(y, x) / (2 * .pi) : 0
  }
}
