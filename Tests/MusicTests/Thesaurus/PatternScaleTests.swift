// Patterns over the keyboard.

import Music
import Testing

@Suite struct PatternScaleTests {
  @Test func repeatsWithItsOctaves() throws {
    let scale = PatternScale(pattern: try ThesaurusPattern(name: "sesquiquadritone/interpolation/1:2"))
    let pitches = scale.pitches
    let played = Set((-3...3).flatMap { round in scale.pattern.ascent.map { 48 + 36 * round + $0 } })
    for pitch in 0..<128 { #expect(pitches.contains(pitch) == played.contains(pitch), "\(pitch)") }
  }

  @Test func everyPatternIsWhatItsAscentPlays() {
    for pattern in PatternList.all.patterns where PatternList.all.index(of: pattern) % 211 == 0 {
      let scale = PatternScale(tonic: PitchClass(wrapping: 7), pattern: pattern)
      let period = pattern.progression.octaves * 12
      let start = pattern.start(on: scale.tonic)
      let played = Set((-12...12).flatMap { round in pattern.ascent.map { start + period * round + $0 } })
      #expect((0..<128).allSatisfy { scale.pitches.contains($0) == played.contains($0) }, "\(pattern)")
      #expect((0..<128).allSatisfy { !scale.principalTones.contains($0) || scale.pitches.contains($0) })
    }
  }

  @Test func octatonicScale() throws {
    let scale = PatternScale(pattern: try ThesaurusPattern(name: "sesquitone/interpolation/1:1"))
    let halfWhole = Scale(tonic: PitchClass(wrapping: 0), family: .octatonicHalfWhole)
    #expect(scale.pitchClasses == halfWhole.mask && scale.pitches == PitchSet(pitchClasses: halfWhole.mask))
  }

  @Test func liesOnTheKeyboardFromEveryTonic() {
    for progression in Progression.allCases {
      guard let pattern = ThesaurusPattern(progression, offsets: [-5, progression.step + 5]) else { continue }
      for tonic in PitchClass.all {
        let pitches = pattern.ascent.map { pattern.start(on: tonic) + $0 }
        #expect(pitches.allSatisfy { (0...127).contains($0) }, "\(pattern) on \(tonic)")
        #expect(PitchClass(wrapping: pitches[0]) == tonic)
      }
    }
  }
}
