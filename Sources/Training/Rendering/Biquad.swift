// A second-order filter section.
// Source: R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients".
import Foundation

/// One biquad in transposed direct form II, with its state.
struct Biquad {
  private var b0, b1, b2, a1, a2: Float
  private var z1: Float = 0
  private var z2: Float = 0

  private init(_ b0: Double, _ b1: Double, _ b2: Double, _ a0: Double, _ a1: Double, _ a2: Double) {
    self.b0 = Float(b0 / a0)
    self.b1 = Float(b1 / a0)
    self.b2 = Float(b2 / a0)
    self.a1 = Float(a1 / a0)
    self.a2 = Float(a2 / a0)
  }

  /// Angular frequency, cosine and half-bandwidth; the frequency is kept inside 10 Hz...0.45 × rate.
  private static func terms(_ frequency: Double, _ q: Double, _ rate: Double) -> (cosine: Double, alpha: Double) {
    let omega = 2 * Double.pi * min(max(frequency, 10), 0.45 * rate) / rate
    return (cos(omega), sin(omega) / (2 * q))
  }

  static func lowPass(_ frequency: Double, q: Double = 0.7071, rate: Double) -> Biquad {
    let (c, alpha) = terms(frequency, q, rate)
    return Biquad((1 - c) / 2, 1 - c, (1 - c) / 2, 1 + alpha, -2 * c, 1 - alpha)
  }

  static func highPass(_ frequency: Double, q: Double = 0.7071, rate: Double) -> Biquad {
    let (c, alpha) = terms(frequency, q, rate)
    return Biquad((1 + c) / 2, -(1 + c), (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha)
  }

  /// Gain 1 at the centre.
  static func bandPass(_ frequency: Double, q: Double, rate: Double) -> Biquad {
    let (c, alpha) = terms(frequency, q, rate)
    return Biquad(alpha, 0, -alpha, 1 + alpha, -2 * c, 1 - alpha)
  }

  /// Gains `decibels` above the corner and nothing below it.
  static func highShelf(_ frequency: Double, decibels: Double, rate: Double) -> Biquad {
    let (c, alpha) = terms(frequency, 0.5, rate)
    let a = pow(10, decibels / 40)
    let beta = 2 * a.squareRoot() * alpha
    return Biquad(
      a * ((a + 1) + (a - 1) * c + beta), -2 * a * ((a - 1) + (a + 1) * c), a * ((a + 1) + (a - 1) * c - beta),
      (a + 1) - (a - 1) * c + beta, 2 * ((a - 1) - (a + 1) * c), (a + 1) - (a - 1) * c - beta)
  }

  /// Takes the coefficients of another section and keeps the state, for filters that move.
  mutating func follow(_ other: Biquad) {
    (b0, b1, b2, a1, a2) = (other.b0, other.b1, other.b2, other.a1, other.a2)
  }

  mutating func process(_ x: Float) -> Float {
    let y = b0 * x + z1
    z1 = b1 * x - a1 * y + z2
    z2 = b2 * x - a2 * y
    return y
  }

  mutating func process(_ samples: inout [Float]) {
    for index in samples.indices { samples[index] = process(samples[index]) }
  }
}
