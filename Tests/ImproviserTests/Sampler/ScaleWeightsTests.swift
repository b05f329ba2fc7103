// What the rules for scales let through.

import Music
import Testing

@testable import Improviser

struct ScaleWeightsTests {
  private let dDorian = Scale(tonic: PitchClass(wrapping: 2), family: .dorian)

  @Test func aLockedScaleIsExact() {
    let weights = ScaleWeights(rule: .lock(dDorian), detected: nil)
    #expect((0..<128).allSatisfy { weights.weight(pitch: $0) == (dDorian.contains(PitchClass(wrapping: $0)) ? 1 : 0) })
    #expect(weights.condition == ScaleCondition(dDorian))
    #expect([62, 65, 69].allSatisfy { weights.isStable(pitch: $0) })
    #expect(![60, 64, 67, 71].contains { weights.isStable(pitch: $0) })
  }

  @Test func followingDependsOnConfidence() {
    func outside(_ confidence: Float) -> Double {
      ScaleWeights(rule: .follow, detected: DetectedScale(scale: dDorian, confidence: confidence)).weight(pitch: 61)
    }
    #expect(outside(0) == 1)
    #expect(outside(0.3) > 0.4)
    #expect(outside(0.95) < 0.003)
    #expect(outside(1) == 0)
    #expect(outside(.nan) == 1)
    let guess = ScaleWeights(rule: .follow, detected: DetectedScale(scale: dDorian, confidence: 0.2))
    #expect(guess.condition == nil)
    #expect(!guess.hasRest)
  }

  @Test func offAndUnknownLeaveEverything() {
    for weights in [
      ScaleWeights(rule: .off, detected: DetectedScale(scale: dDorian, confidence: 1)),
      ScaleWeights(rule: .follow, detected: nil),
    ] {
      #expect((0..<128).allSatisfy { weights.weight(pitch: $0) == 1 })
      #expect(weights.condition == nil)
    }
  }

  @Test(arguments: ScaleFamily.allCases)
  func everyFamilyHasPlacesToRest(family: ScaleFamily) {
    let scale = Scale(tonic: PitchClass(wrapping: 9), family: family)
    let weights = ScaleWeights(rule: .lock(scale), detected: nil)
    let stable = weights.stable.pitchClasses
    #expect(stable & 1 << 9 != 0)
    #expect(stable & ~scale.mask == 0)
    #expect(stable.nonzeroBitCount >= 2)
  }
}
