// Stationary noise of the usual colours.

/// The slope of a noise's spectrum.
public enum NoiseColor: String, CaseIterable, Sendable {
  /// Flat.
  case white
  /// −3 dB an octave.
  case pink
  /// −6 dB an octave.
  case brown

  /// `count` samples of noise with RMS near 1.
  public func samples(count: Int, using generator: inout SplitMix64) -> [Float] {
    var noise = [Float](repeating: 0, count: max(0, count))
    switch self {
    case .white:
      for index in noise.indices { noise[index] = generator.nextNoise() }
    case .pink:
      // Three one-pole filters whose sum falls by 3 dB an octave (P. Kellet's economy filter).
      var (a, b, c): (Float, Float, Float) = (0, 0, 0)
      for index in noise.indices {
        let white = generator.nextNoise()
        a = 0.99765 * a + 0.0990460 * white
        b = 0.96300 * b + 0.2965164 * white
        c = 0.57000 * c + 1.0526913 * white
        noise[index] = (a + b + c + 0.1848 * white) * 0.4
      }
    case .brown:
      var sum: Float = 0
      for index in noise.indices {
        sum = 0.998 * sum + generator.nextNoise()  // leaky, so that it stays around 0
        noise[index] = sum * 0.0632
      }
    }
    return noise
  }
}
