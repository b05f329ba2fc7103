// Temperature, calibration error, cuts, and the learning rate.
import Foundation
import Music
import Testing
import Torch

@testable import Training

@Suite struct CalibrationTests {
  @Test func findsTheTemperatureThatLogitsWereScaledBy() throws {
    // Answers drawn from softmax(logits) are calibrated at 1, so logits scaled by 3 need 3.
    var random = SplitMix64(seed: 11)
    var logits: [Float] = []
    var targets: [Float] = []
    for _ in 0..<4000 {
      let row = (0..<4).map { _ in random.nextGaussian() * 1.5 }
      let right = random.choose(row.indices.map { ($0, exp(row[$0])) })
      logits += row.map { Float(3 * $0) }
      targets += row.indices.map { $0 == right ? 0 : -1e9 }
    }
    let found = try Calibration.temperature(
      logits: Tensor(logits, shape: [4000, 4]), targets: Tensor(targets, shape: [4000, 4]))
    #expect(abs(found - 3) < 0.25)
  }

  @Test func expectedErrorIsTheDistanceOfConfidenceFromAccuracy() {
    var reliability = Reliability()
    for index in 0..<10 { reliability.add(probability: 0.9, isRight: index < 6) }
    #expect(abs(reliability.expectedError - 0.3) < 1e-9)
    reliability.add(probability: 1, isRight: true)
    #expect(abs(reliability.expectedError - 3.0 / 11) < 1e-9)
  }

  @Test func theRateRisesAndFalls() {
    let cycle = OneCycle(start: 2e-3, peak: 4e-3, steps: 1001)
    #expect(cycle.rate(at: 0) == 2e-3)
    #expect(abs(cycle.rate(at: 300) - 4e-3) < 1e-9)
    #expect(cycle.rate(at: 1000) < 1e-5)
    #expect(cycle.rate(at: 650) < cycle.rate(at: 400))
  }

  @Test func cutsLieWithinTheirSample() {
    var random = SplitMix64(seed: 2)
    var beginnings = 0
    for _ in 0..<2000 {
      let cut = ChromaCut(sample: 0, available: 161, random: &random)
      #expect(cut.start >= 0 && cut.steps >= 8 && cut.start + cut.steps <= 161)
      beginnings += cut.start == 0 ? 1 : 0
    }
    #expect((1450...1700).contains(beginnings), "three in four, and some by chance")
  }

  @Test func allowedClassesFollowTheFamilies() {
    let assembler = BatchAssembler(shape: .init(families: [.major, .dorian, .blues]))
    var label = ChromaSamples.Label(
      steps: 10, tonic: 5, families: 1 << UInt32(ScaleFamily.dorian.index) | 1 << UInt32(ScaleFamily.blues.index),
      kind: .folk, isHard: false, split: .train)
    #expect(assembler.allowedClasses(label) == [17, 29])
    label.tonic = nil
    #expect(assembler.allowedClasses(label) == [36])
    let keys = BatchAssembler(shape: .init(families: [.major, .naturalMinor], hasNone: false))
    #expect(keys.allowedClasses(label) == [])
  }
}
