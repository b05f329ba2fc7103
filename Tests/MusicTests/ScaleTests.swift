// Tests of scales: spelling, reading of names, membership.

import Foundation
import Music
import Testing

@Suite struct ScaleTests {
  @Test(arguments: [
    ("D# dorian", "E♭ dorian"), ("Ab minor", "G♯ natural minor"), ("Gb major", "F♯ major"),
    ("A# mixolydian", "B♭ mixolydian"), ("Db dorian", "C♯ dorian"), ("d# minor", "E♭ natural minor"),
    ("C# major", "D♭ major"), ("A minor", "A natural minor"), ("D major", "D major"),
    ("c# natural_minor", "C♯ natural minor"),
    ("Bb AEOLIAN", "B♭ natural minor"), ("B♯ ionian", "C major"), ("Db mixolydian", "D♭ mixolydian"),
    ("Eb blues", "E♭ blues"), ("G altered", "G altered"), ("F lydian b7", "F lydian ♭7"),
    ("Ab octatonic half-whole", "A♭ octatonic (half-whole)"), ("g# harmonic-minor", "G♯ harmonic minor"),
  ])
  func namesAreReadAndWrittenAsMusiciansSpellThem(written: String, name: String) {
    #expect(Scale(name: written)?.name == name)
  }

  @Test(arguments: ["", "C", "major", "H major", "C  ", "C raga", "Cmajor", "♭ minor"])
  func otherNamesAreRefused(name: String) {
    #expect(Scale(name: name) == nil)
  }

  @Test(arguments: [
    ("Eb dorian", "E♭ F G♭ A♭ B♭ C D♭"), ("F# major", "F♯ G♯ A♯ B C♯ D♯ E♯"), ("Eb minor", "E♭ F G♭ A♭ B♭ C♭ D♭"),
    ("G# harmonic_minor", "G♯ A♯ B C♯ D♯ E F♯♯"), ("G altered", "G A♭ B♭ C♭ D♭ E♭ F"),
    ("C lydian b7", "C D E F♯ G A B♭"), ("F blues", "F A♭ B♭ B C E♭"), ("C whole tone", "C D E F♯ G♯ B♭"),
    ("C octatonic half whole", "C D♭ E♭ E F♯ G A B♭"), ("E minor pentatonic", "E G A B D"),
    ("F# major pentatonic", "F♯ G♯ A♯ C♯ D♯"),
  ])
  func notesAreSpelled(name: String, notes: String) {
    #expect(Scale(name: name)?.spelled().joined(separator: " ") == notes)
  }

  @Test func everyScaleOfSevenNotesUsesEveryLetterOnce() {
    for family in ScaleFamily.allCases where family.intervals.count == 7 {
      for tonic in PitchClass.all {
        let letters = Scale(tonic: tonic, family: family).spelled().compactMap(\.first)
        #expect(Set(letters).count == 7, "\(tonic) \(family)")
      }
    }
  }

  @Test func everySpelledNoteSoundsAsTheScaleAndEveryNameIsReadBack() {
    for family in ScaleFamily.allCases {
      for tonic in PitchClass.all {
        let scale = Scale(tonic: tonic, family: family)
        let sounding = scale.spelled().compactMap(PitchClass.init(name:))
        #expect(sounding == family.intervals.map(tonic.transposed(by:)))
        #expect(Scale(name: scale.name) == scale)
        #expect(scale.spelled()[0].count <= 2)
      }
    }
  }

  @Test func maskAndSetAgree() {
    for family in ScaleFamily.allCases {
      for tonic in PitchClass.all {
        let scale = Scale(tonic: tonic, family: family)
        #expect(Set(PitchClass.all.filter(scale.contains)) == scale.pitchClasses)
        #expect(scale.mask.nonzeroBitCount == family.intervals.count)
      }
    }
    #expect(Scale(tonic: PitchClass(wrapping: 0), family: .major).mask == 0b1010_1011_0101)
  }

  @Test func codingKeepsTheScale() throws {
    let scale = try #require(Scale(name: "Eb dorian"))
    let data = try JSONEncoder().encode(scale)
    #expect(try JSONDecoder().decode(Scale.self, from: data) == scale)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Scale.self, from: Data(#"{"tonic":12,"family":"major"}"#.utf8))
    }
  }
}
