// Tests of pitch classes.

import Foundation
import Music
import Testing

@Suite struct PitchClassTests {
  @Test func rawValuesOutsideTheOctaveAreRefused() {
    #expect(PitchClass(rawValue: -1) == nil)
    #expect(PitchClass(rawValue: 12) == nil)
    #expect(PitchClass(rawValue: 11)?.rawValue == 11)
  }

  @Test(arguments: [(60, 0), (-1, 11), (-12, 0), (127, 7), (Int.min, 4), (Int.max, 7)])
  func anyIntegerWraps(semitones: Int, expected: Int) {
    #expect(PitchClass(wrapping: semitones).rawValue == expected)
  }

  @Test func transposingAndMeasuringAreInverse() {
    for tonic in PitchClass.all {
      for semitones in 0..<12 {
        #expect(tonic.transposed(by: semitones).interval(above: tonic) == semitones)
      }
      #expect(tonic.transposed(by: Int.max).interval(above: tonic) == 7)
    }
  }

  @Test(arguments: [("E♭", 3), ("eb", 3), ("F#", 6), ("b", 11), ("bb", 10), ("Cb", 11), ("Gx", 9), ("B♯", 0)])
  func namesAreRead(name: String, expected: Int) {
    #expect(PitchClass(name: name)?.rawValue == expected)
  }

  @Test(arguments: ["", "H", "Eflat", "♭", "C1", "é"])
  func otherNamesAreRefused(name: String) {
    #expect(PitchClass(name: name) == nil)
  }

  @Test func decodingRefusesNumbersOutsideTheOctave() throws {
    #expect(try JSONDecoder().decode([PitchClass].self, from: Data("[11]".utf8)) == [PitchClass(wrapping: 11)])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([PitchClass].self, from: Data("[12]".utf8)) }
  }
}
