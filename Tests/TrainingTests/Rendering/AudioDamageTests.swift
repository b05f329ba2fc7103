// Each damage does what it is called, alone, and repeats.
import Foundation
import Testing

@testable import Training

@Suite struct AudioDamageTests {
  static let rate = Renderer.sampleRate

  private func tone(_ frequency: Double, seconds: Double = 1) -> [Float] {
    (0..<Int(seconds * Self.rate)).map { Float(0.5 * sin(2 * .pi * frequency * Double($0) / Self.rate)) }
  }

  private func damaged(_ samples: [Float], drumTrack: [Float] = [], _ set: (inout AudioDamage) -> Void) -> [Float] {
    var damage = AudioDamage(peak: 0)
    set(&damage)
    var (result, generator) = (samples, SplitMix64(seed: 1))
    damage.apply(to: &result, rate: Self.rate, drumTrack: drumTrack, using: &generator)
    return result
  }

  /// Level of one frequency in the samples, as an amplitude (Goertzel's sum).
  private func amplitude(_ samples: [Float], _ frequency: Double) -> Double {
    var (re, im) = (0.0, 0.0)
    for (index, sample) in samples.enumerated() {
      let angle = 2 * .pi * frequency * Double(index) / Self.rate
      re += Double(sample) * cos(angle)
      im += Double(sample) * sin(angle)
    }
    return 2 * (re * re + im * im).squareRoot() / Double(samples.count)
  }

  @Test func levelIsThePeak() {
    for decibels in [-40.0, -12, 0] {
      let result = damaged(tone(440)) { $0.peak = decibels }
      #expect(abs(20 * log10(Double(Levels.peak(result))) - decibels) < 0.01)
    }
    #expect(damaged([Float](repeating: 0, count: 100)) { _ in }.allSatisfy { $0 == 0 })
  }

  @Test(arguments: NoiseColor.allCases)
  func noiseHasItsRatio(color: NoiseColor) {
    let clean = tone(441)
    let result = damaged(clean) { $0.noise = (color, 10) }
    let gain = amplitude(result, 441) / 0.5
    let rest = zip(result, clean).map { $0 - Float(gain) * $1 }
    #expect(abs(20 * log10(gain * Double(Levels.rms(clean)) / Double(Levels.rms(rest))) - 10) < 0.5)
  }

  @Test(arguments: [(NoiseColor.white, 0.0), (.pink, -3), (.brown, -6)])
  func noiseFallsByItsSlope(color: NoiseColor, slope: Double) {
    var generator = SplitMix64(seed: 2)
    let noise = color.samples(count: 100_000, using: &generator)
    #expect(abs(Levels.rms(noise) - 1) < 0.25)
    func level(_ center: Double) -> Double {  // density, dB
      var filter = Biquad.bandPass(center, q: 2, rate: Self.rate)
      var band = noise
      filter.process(&band)
      return 20 * log10(Double(Levels.rms(band))) - 10 * log10(center)
    }
    #expect(abs((level(2000) - level(250)) / 3 - slope) < 0.7)
  }

  @Test func bandAndTiltShapeTheSpectrum() {
    let both = zip(tone(100), tone(4000)).map { $0 + $1 }
    func balance(_ samples: [Float]) -> Double { 20 * log10(amplitude(samples, 4000) / amplitude(samples, 100)) }
    #expect(abs(balance(damaged(both) { $0.tilt = 6 }) - 6) < 1)
    #expect(abs(balance(damaged(both) { $0.tilt = -9 }) + 9) < 1)
    #expect(balance(damaged(both) { $0.band = 200...8000 }) > 10)
    #expect(balance(damaged(both) { $0.band = 40...2000 }) < -10)
  }

  @Test(arguments: [0.3, 1.5])
  func reverbDecaysInItsTime(decay: Double) {
    var samples = [Float](repeating: 0, count: Int(3 * Self.rate))
    samples[0] = 1
    let tail = damaged(samples) { $0.reverb = (decay, 0, 0.3) }
    func level(_ from: Double, _ to: Double) -> Double {
      20 * log10(Double(Levels.rms(Array(tail[Int(from * Self.rate)..<Int(to * Self.rate)]))))
    }
    let fall = level(0.1 * decay, 0.3 * decay) - level(0.5 * decay, 0.7 * decay)  // 0.4 of the decay: 24 dB
    #expect(abs(fall - 24) < 5)
    #expect(tail.allSatisfy { $0.isFinite })
  }

  @Test(arguments: [0.2, 0.6])
  func reverbHasItsLevel(wet: Double) {
    var generator = SplitMix64(seed: 4)
    let dry = NoiseColor.white.samples(count: 100_000, using: &generator)
    var both = dry
    var room = Reverb(decay: 1, damping: 0, rate: Self.rate, using: &generator)
    room.process(&both, wet: Float(wet))
    let ratio = Levels.rms(zip(both, dry).map { $0 - $1 }) / Levels.rms(dry)
    #expect(abs(20 * log10(Double(ratio) / wet)) < 2)
  }

  @Test func driveAddsOddHarmonics() {
    let result = damaged(tone(441)) { $0.drive = 9 }
    #expect(amplitude(result, 1323) > 0.05 * amplitude(result, 441))
    #expect(amplitude(damaged(tone(441)) { _ in }, 1323) < 1e-3)
    #expect(AudioDamage.softClip(50) == 1 && AudioDamage.softClip(-50) == -1)
  }

  @Test func drumsHaveTheirLevel() {
    let result = damaged(tone(441), drumTrack: tone(2000)) { $0.drums = -6 }
    #expect(abs(20 * log10(amplitude(result, 2000) / amplitude(result, 441)) + 6) < 0.1)
  }

  @Test func hardDrawsStayInRange() {
    var generator = SplitMix64(seed: 3)
    var counts = (drums: 0, reverb: 0, noise: 0)
    for _ in 0..<2000 {
      let damage = AudioDamage(.hard, using: &generator)
      #expect((-40...0).contains(damage.peak))
      if let drums = damage.drums { counts.drums += (-12...3).contains(drums) ? 1 : 9999 }
      if let reverb = damage.reverb { counts.reverb += (0.2...2.5).contains(reverb.decay) ? 1 : 9999 }
      if let noise = damage.noise { counts.noise += (6...20).contains(noise.ratio) ? 1 : 9999 }
      let clean = AudioDamage(.clean, using: &generator)
      #expect(clean.noise == nil && clean.reverb == nil && clean.drums == nil)
    }
    #expect((500...900).contains(counts.drums) && (850...1150).contains(counts.reverb))
    #expect((1600...1800).contains(counts.noise))
  }
}
