// Chords of a scale, their voicings, and the bass.
import Music
import Testing

@testable import Improviser

@Suite struct HarmonyTests {
  @Test func majorHasItsTriadsAndSevenths() throws {
    let chords = HarmonyNotes(try #require(Scale(name: "C major"))).chords()
    let expected = [(0, [0, 4, 7]), (2, [0, 3, 7]), (7, [0, 4, 7, 10]), (11, [0, 3, 6]), (11, [0, 3, 6, 10])]
    for (root, intervals) in expected {
      #expect(chords.contains(ScaleChord(root: root, intervals: intervals)))
    }
    #expect(!chords.contains(ScaleChord(root: 2, intervals: [0, 4, 7])))
  }

  @Test(arguments: ScaleFamily.allCases) func everyScaleHasChordsOfItsNotes(_ family: ScaleFamily) {
    for tonic in PitchClass.all {
      let scale = Scale(tonic: tonic, family: family)
      let chords = HarmonyNotes(scale).chords()
      #expect(!chords.isEmpty)
      #expect(chords.allSatisfy { $0.members & ~scale.mask == 0 })
    }
  }

  @Test(arguments: ScaleFamily.allCases) func everyChordHasAVoicingInItsRegister(_ family: ScaleFamily) {
    for tonic in PitchClass.all {
      for chord in HarmonyNotes(Scale(tonic: tonic, family: family)).chords() {
        for lowest in [nil, 0, 61, 66, 127] as [Double?] {
          let pitches = Voicing.voicing(of: chord, in: .all, after: [52, 55, 60], below: lowest)
          #expect(Set(pitches.map { $0 % 12 }) == Set(chord.intervals.map { (chord.root + $0) % 12 }))
          #expect(zip(pitches, pitches.dropFirst()).allSatisfy { $0 < $1 })
          #expect(pitches.allSatisfy { Voicing.range.contains($0) })
        }
      }
    }
  }

  @Test func voicesMoveLittle() {
    let c = Voicing.voicing(of: ScaleChord(root: 0, intervals: [0, 4, 7]), in: .all, after: [], below: nil)
    let f = Voicing.voicing(of: ScaleChord(root: 5, intervals: [0, 4, 7]), in: .all, after: c, below: nil)
    #expect(Voicing.movement(from: c, to: f) <= 3)
    #expect(Voicing.movement(from: c, to: c) == 0)
  }

  @Test func theBassStaysInItsRange() throws {
    let notes = HarmonyNotes(try #require(Scale(name: "C major"))).pitches
    for pitchClass in 0..<12 {
      for last in [nil, 31, 40, 50] as [Int?] {
        let pitch = try #require(BassLine.pitch(of: pitchClass, in: .all, near: last))
        #expect(BassLine.range.contains(pitch) && pitch % 12 == pitchClass)
      }
    }
    #expect(BassLine.approach(to: 41, from: 36, in: notes) == 40)
    #expect(BassLine.approach(to: 36, from: 41, in: notes) == 38)
  }

  @Test func aDominantGoesHome() throws {
    let chords = HarmonyNotes(try #require(Scale(name: "C major"))).chords()
    let choice = ChordChoice(tonic: 0, heard: [Double](repeating: 0, count: 12), expected: [])
    #expect(choice.continuation(of: ScaleChord(root: 7, intervals: [0, 4, 7]), among: chords)?.root == 0)
  }

  @Test func whatIsHeldGrowsAndFades() {
    var heard = HeardPitchClasses()
    heard.noteOn(pitch: 60, velocity: 100, at: 0)
    heard.advance(to: 1)
    let held = heard.weights[0]
    #expect(held > 0.6)
    heard.noteOff(pitch: 60, at: 1)
    heard.noteOff(pitch: 60, at: 1)
    #expect(heard.heldCount == 0)
    heard.advance(to: 6)
    #expect(heard.weights[0] < 0.01 * held)
    #expect(heard.velocity == 100 && heard.lowest == 60)
  }
}
