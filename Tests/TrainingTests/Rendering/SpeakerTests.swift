// Speech-like sound has speech's pauses, its concentration of energy and its moving pitch.
import Foundation
import Testing

@testable import Training

@Suite struct SpeakerTests {
  static let rate = 22050.0

  private func talk(_ index: UInt64) -> [Float] {
    var generator = SplitMix64(seed: 1, index: index)
    var speaker = Speaker(rate: Self.rate, using: &generator)
    return speaker.talk(count: Int(8 * Self.rate), using: &generator)
  }

  private func blockLevels(_ samples: [Float]) -> [Float] {
    stride(from: 0, to: samples.count - 441, by: 441).map { Levels.rms(Array(samples[$0..<$0 + 441])) }
  }

  @Test func hasPausesAndSyllables() {
    for index in 0..<6 as Range<UInt64> {
      let levels = blockLevels(talk(index))
      let mean = levels.reduce(0, +) / Float(levels.count)
      let quiet = Double(levels.count { $0 < 0.1 * mean }) / Double(levels.count)
      #expect((0.03...0.6).contains(quiet), "speaker \(index)")
      let peaks = (1..<levels.count - 1).count {
        levels[$0] > mean && levels[$0] >= levels[$0 - 1] && levels[$0] > levels[$0 + 1]
      }
      #expect((2.0...14).contains(Double(peaks) / 8), "speaker \(index)")
    }
  }

  @Test func keepsItsEnergyWhereSpeechHasIt() {
    for index in 0..<6 as Range<UInt64> {
      let sound = talk(index)
      var (low, high) = (sound, sound)
      var lowPass = Biquad.lowPass(1500, rate: Self.rate)
      var highPass = Biquad.highPass(4000, rate: Self.rate)
      lowPass.process(&low)
      highPass.process(&high)
      #expect(Levels.rms(low) > 0.7 * Levels.rms(sound), "speaker \(index)")
      #expect(Levels.rms(high) < 0.5 * Levels.rms(sound), "speaker \(index)")
    }
  }

  @Test func glottalPulseClosesWithoutOffset() {
    let count = 10000
    let sum = (0..<count).reduce(0.0) { $0 + Double(Speaker.glottalFlowChange(Double($1) / Double(count))) }
    #expect(abs(sum / Double(count)) < 1e-3)  // what flows in flows out
    #expect(Speaker.glottalFlowChange(0.8) == 0)
  }
}
