// The spectrum on a musical axis: five bins a semitone from E1 to E♭7.

internal import CKernels

/// Levels in dB of 360 bins, a fifth of a semitone wide, from two Fourier transforms: a long one of the
/// decimated signal below A3, where semitones are narrow, and a short one above, where time matters more.
final class LogFrequencySpectrum {
  static let lowestPitch = 28
  static let highestPitch = 100
  static let binsPerSemitone = 5
  static let count = (highestPitch - lowestPitch) * binsPerSemitone
  /// Below this MIDI pitch the long window listens.
  static let crossover = 57
  /// The highest frequency needed of the signal, in Hz: the seventh octave's E and a little.
  static let passband = 2800.0
  /// The same for the decimated signal of the long window: A3 and more than a tone.
  static let longPassband = 300.0

  private let short: RealSpectrum
  private let long: RealSpectrum
  private let bins: [spectrum_bin]
  private let longCount: Int

  var shortWindow: Int { short.window }
  var longWindow: Int { long.window }

  /// - Parameters:
  ///   - rate: of the signal under the short window (186 ms), in Hz.
  ///   - longRate: of the signal under the long window (372 ms), in Hz.
  init(rate: Double, longRate: Double) {
    short = RealSpectrum(window: Int((rate * 2048 / 11025).rounded()), padding: 1) {
      Int(Self.passband * Double($0) / rate) + 4
    }
    long = RealSpectrum(window: Int((longRate * 4096 / 11025).rounded()), padding: 2) {
      Int(Self.longPassband * Double($0) / longRate) + 4
    }
    longCount = (Self.crossover - Self.lowestPitch) * Self.binsPerSemitone
    let (short, long, longCount) = (short, long, longCount)
    bins = (0..<Self.count).map { j in
      j < longCount
        ? Self.bin(j, size: long.size, available: long.bins, rate: longRate)
        : Self.bin(j, size: short.size, available: short.bins, rate: rate)
    }
  }

  /// MIDI pitch of the centre of a bin; bin 2 is the lowest pitch itself.
  static func pitch(ofBin j: Int) -> Double { Double(lowestPitch) + Double(j - 2) / Double(binsPerSemitone) }

  static func frequency(ofPitch pitch: Double) -> Double { 440 * Double.exp2((pitch - 69) / 12) }

  /// Writes `count` levels in dB to `levels`. `signal` and `longSignal` hold `shortWindow` and `longWindow` samples
  /// that end now.
  func process(
    _ signal: UnsafePointer<Float>, _ longSignal: UnsafePointer<Float>, into levels: UnsafeMutablePointer<Float>
  ) {
    bins.withUnsafeBufferPointer { bins in
      guard let base = bins.baseAddress else { return }
      spectrum_resample(long.process(longSignal), base, levels, Int32(longCount))
      spectrum_resample(
        short.process(signal), base + longCount, levels + longCount, Int32(Self.count - longCount))
    }
  }

  private static func bin(_ j: Int, size: Int, available: Int, rate: Double) -> spectrum_bin {
    let binsPerHertz = Double(size) / rate
    let position = frequency(ofPitch: pitch(ofBin: j)) * binsPerHertz
    let half = 0.5 / Double(binsPerSemitone)
    let lower = frequency(ofPitch: pitch(ofBin: j) - half) * binsPerHertz
    let upper = frequency(ofPitch: pitch(ofBin: j) + half) * binsPerHertz
    let first = min(max(0, Int(position) - 1), available - 4)
    let t = Float(position - Double(first + 1))
    let weights = (  // Catmull and Rom (1974)
      0.5 * (-t + 2 * t * t - t * t * t), 0.5 * (2 - 5 * t * t + 3 * t * t * t),
      0.5 * (t + 4 * t * t - 3 * t * t * t), 0.5 * (-t * t + t * t * t)
    )
    let from = Int(lower.rounded(.up))
    let to = min(Int(upper.rounded(.up)), available)
    return spectrum_bin(first: Int32(first), from: Int32(from), to: Int32(max(from, to)), weights: weights)
  }
}
