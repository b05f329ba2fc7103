// Signals that the tests and the golden script make alike.

import Foundation

/// Partials with a start and an end, over white noise from a linear congruential generator.
struct TestSignal: Decodable {
  var name = ""
  var rate: Double
  var seconds: Double
  var noise = 0.0
  /// Rows of frequency in Hz, amplitude, start and end in seconds.
  var partials: [[Double]]

  /// The samples, rounded to single precision.
  var samples: [Float] {
    var state: UInt64 = 1
    return (0..<Int(rate * seconds)).map { i in
      let t = Double(i) / rate
      var x = 0.0
      for p in partials where t >= p[2] && t < p[3] { x += p[1] * sin(2 * .pi * p[0] * t) }
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      x += noise * (Double(state >> 11) / 0x1p52 - 1)
      return Float(x)
    }
  }

  /// A tone of `partials` overtones falling by 1/n, kept below the highest frequency that is analysed.
  static func tone(
    pitch: Double, amplitude: Double = 0.2, from start: Double = 0, to end: Double = 1e9, partials: Int = 8
  ) -> [[Double]] {
    let frequency = 440 * exp2((pitch - 69) / 12)
    return (1...partials).map { [frequency * Double($0), amplitude / Double($0), start, end] }.filter { $0[0] < 3300 }
  }
}
