// How cleanly a rendered piece was "recorded".
import Foundation

/// The state of a recording.
public enum AudioCondition: String, CaseIterable, Sendable {
  /// Straight from the synthesizer, at any reasonable level.
  case clean
  /// A room, a cheap microphone, noise, a drummer: each with some probability and in random amounts.
  case hard
}

/// One drawn set of damages to a recording. Drawing and applying are apart, so that one damage can be had alone.
public struct AudioDamage: Sendable {
  /// Reverberation: seconds to −60 dB, 0.2...2.5, darkness 0..<1, and level relative to the dry sound.
  public var reverb: (decay: Double, damping: Double, wet: Double)?
  /// Level of a drum track relative to the music, dB (RMS).
  public var drums: Double?
  /// Treble against bass, dB: a shelf of this height at 800 Hz.
  public var tilt: Double?
  /// Corners of the pass band, Hz.
  public var band: ClosedRange<Double>?
  /// Gain into a soft clipper, dB relative to a peak of 1.
  public var drive: Double?
  /// Colour of the added noise and the ratio of music to noise, dB (RMS).
  public var noise: (color: NoiseColor, ratio: Double)?
  /// Level of the largest sample, dBFS.
  public var peak: Double

  /// No damage but the level.
  public init(peak: Double = -3) {
    self.peak = peak
  }

  /// Draws what happens under a condition.
  public init(_ condition: AudioCondition, using generator: inout SplitMix64) {
    guard condition == .hard else {
      self.init(peak: generator.uniform(-20 ... -1))
      return
    }
    self.init(peak: generator.uniform(-40...0))
    if generator.chance(0.35) { drums = generator.uniform(-12...3) }
    if generator.chance(0.5) {
      reverb = (0.2 * pow(12.5, generator.nextDouble()), generator.uniform(0.1...0.6), generator.uniform(0.1...0.9))
    }
    if generator.chance(0.6) { tilt = generator.uniform(-9...6) }
    if generator.chance(0.4) { band = 40 * pow(6, generator.nextDouble())...generator.uniform(2500...8000) }
    if generator.chance(0.25) { drive = generator.uniform(-6...12) }
    if generator.chance(0.85) {
      noise = (generator.choose(NoiseColor.allCases), generator.uniform(6...20))
    }
  }

  /// Applies the damages as a recording meets them: drummer, room, microphone, amplifier, noise, level.
  ///
  /// - Parameters:
  ///   - samples: mono.
  ///   - rate: samples a second.
  ///   - drumTrack: as long as the samples; heard only where `drums` is set.
  public func apply(
    to samples: inout [Float], rate: Double, drumTrack: [Float] = [], using generator: inout SplitMix64
  ) {
    if let drums, !drumTrack.isEmpty { Levels.mix(drumTrack, into: &samples, decibels: drums) }
    if let (decay, damping, wet) = reverb {
      var room = Reverb(decay: decay, damping: damping, rate: rate, using: &generator)
      room.process(&samples, wet: Float(wet))
    }
    if let tilt {
      var shelf = Biquad.highShelf(800, decibels: tilt, rate: rate)
      shelf.process(&samples)
    }
    if let band {
      var (low, high) = (Biquad.highPass(band.lowerBound, rate: rate), Biquad.lowPass(band.upperBound, rate: rate))
      low.process(&samples)
      high.process(&samples)
    }
    if let drive {
      Levels.setPeak(&samples, decibels: drive)
      for index in samples.indices { samples[index] = Self.softClip(samples[index]) }
    }
    if let (color, ratio) = noise {
      let hiss = color.samples(count: samples.count, using: &generator)
      Levels.mix(hiss, into: &samples, decibels: -ratio)
    }
    Levels.setPeak(&samples, decibels: peak)
  }

  /// A rational tanh: odd, monotone, ±1 from ±3 on.
  static func softClip(_ x: Float) -> Float {
    let y = min(max(x, -3), 3)
    return y * (27 + y * y) / (27 + 9 * y * y)
  }
}
