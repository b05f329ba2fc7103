// Tests of the scale families.

import Music
import Testing

@Suite struct ScaleFamilyTests {
  @Test func theOrderIsTheModelsOutputOrder() {
    #expect(
      ScaleFamily.allCases.map(\.rawValue) == [
        "major", "natural_minor", "harmonic_minor", "melodic_minor", "dorian", "phrygian", "lydian", "mixolydian",
        "locrian", "major_pentatonic", "minor_pentatonic", "blues", "whole_tone", "octatonic_half_whole",
        "octatonic_whole_half", "lydian_flat_7", "altered",
      ])
    for (index, family) in ScaleFamily.allCases.enumerated() { #expect(family.index == index) }
  }

  @Test(arguments: ScaleFamily.allCases)
  func intervalsRiseFromTheTonicWithinTheOctave(family: ScaleFamily) {
    let intervals = family.intervals
    #expect(intervals.first == 0)
    #expect(intervals.allSatisfy { (0..<12).contains($0) })
    #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func modesAreRotationsOfTheirParents() {
    func rotated(_ family: ScaleFamily, to degree: Int) -> [Int] {
      let start = family.intervals[degree]
      return family.intervals.map { ($0 - start + 12) % 12 }.sorted()
    }
    let modes: [ScaleFamily] = [.major, .dorian, .phrygian, .lydian, .mixolydian, .naturalMinor, .locrian]
    for (degree, mode) in modes.enumerated() { #expect(rotated(.major, to: degree) == mode.intervals) }
    #expect(rotated(.melodicMinor, to: 3) == ScaleFamily.lydianFlat7.intervals)
    #expect(rotated(.melodicMinor, to: 6) == ScaleFamily.altered.intervals)
    #expect(rotated(.majorPentatonic, to: 4) == ScaleFamily.minorPentatonic.intervals)
    #expect(rotated(.octatonicHalfWhole, to: 1) == ScaleFamily.octatonicWholeHalf.intervals)
  }

  @Test func theThirdDecidesMinor() {
    let minor: Set<ScaleFamily> = [
      .naturalMinor, .harmonicMinor, .melodicMinor, .dorian, .phrygian, .locrian, .minorPentatonic, .blues,
      .octatonicWholeHalf,
    ]
    for family in ScaleFamily.allCases { #expect(family.hasMinorThird == minor.contains(family)) }
  }

  @Test(arguments: ScaleFamily.allCases)
  func everyNameIsReadBack(family: ScaleFamily) {
    #expect(ScaleFamily(name: family.rawValue) == family)
    #expect(ScaleFamily(name: family.displayName) == family)
    #expect(ScaleFamily(name: family.rawValue.uppercased()) == family)
  }

  @Test func synonymsAreRead() {
    #expect(ScaleFamily(name: "minor") == .naturalMinor)
    #expect(ScaleFamily(name: "Aeolian") == .naturalMinor)
    #expect(ScaleFamily(name: "ionian") == .major)
    #expect(ScaleFamily(name: "lydian b7") == .lydianFlat7)
    #expect(ScaleFamily(name: "super locrian") == .altered)
    #expect(ScaleFamily(name: "") == nil)
    #expect(ScaleFamily(name: "raga") == nil)
  }
}
