// Scores of patterns: the notes, their spelling and their clefs.
import Music
import Testing

@testable import Training

@Suite struct PatternScoreTests {
  private let octatonic = PatternEntry(ThesaurusPattern(.tritone, offsets: [3])!)

  @Test func aLineGoesUpDownOrBothWays() {
    #expect(PatternLine(octatonic, .up).tones.map(\.pitch) == [60, 63, 66, 69, 72])
    #expect(PatternLine(octatonic, .down).tones.map(\.pitch) == [72, 69, 66, 63, 60])
    let both = PatternLine(octatonic, .both)
    #expect(both.tones.map(\.pitch) == [60, 63, 66, 69, 72, 69, 66, 63, 60])
    #expect(both.tones.map(\.isPrincipal) == [true, false, true, false, true, false, true, false, true])
    #expect(both.cells.map(\.count) == [2, 2, 1, 1, 2, 1])
    #expect(both.turn == 3)
  }

  @Test func allLinesPlayWhatThePatternSays() {
    for pattern in PatternList.all.patterns.enumerated().filter({ $0.offset % 97 == 0 }).map(\.element) {
      let entry = PatternEntry(pattern)
      #expect(PatternLine(entry, .up).tones.map(\.pitch) == pattern.ascent.map { entry.start + $0 })
      #expect(PatternLine(entry, .down).tones.map(\.pitch) == pattern.descent.map { entry.start + $0 })
      let both = PatternLine(entry, .both)
      #expect(both.tones.map(\.pitch) == pattern.whole.map { entry.start + $0 })
      #expect(both.tones.filter(\.isPrincipal).count == 2 * pattern.progression.parts + 1)
      #expect(both.written.flatMap { $0 }.map(\.pitch) == both.tones.map(\.pitch))
    }
  }

  @Test func aShortenedLineEndsOnAPrincipalTone() {
    let line = PatternLine(PatternEntry(ThesaurusPattern(.semitone, offsets: [3, 2])!), .up)
    #expect(line.shortened(to: 11).tones.map(\.pitch) == [60, 63, 62, 61, 64, 63, 62, 65, 64, 63])
    #expect(line.shortened(to: 37) == line)
    #expect(line.shortened(to: 1).cells.map(\.count) == [3, 1])
  }

  @Test(arguments: [
    ([60, 63, 66, 69, 72], "C E♭ F♯ A C"), ([60, 64, 63, 61], "C E D♯ C♯"), ([60, 67, 63, 70], "C G E♭ B♭"),
    ([70, 70, 69], "B♭ B♭ A"), ([60, 61, 62, 63, 64], "C C♯ D E♭ E"), ([], ""),
  ])
  func intervalsLookLikeWhatTheySound(line: [Int], names: String) {
    #expect(PatternSpelling.written(line).map(\.name).joined(separator: " ") == names)
  }

  @Test func writtenPitchesHaveScientificOctaves() {
    #expect(WrittenPitch(60, isSharp: true).octave == 4)
    #expect(WrittenPitch(60, isSharp: true).step == 28)
    #expect(WrittenPitch(59, isSharp: true).octave == 3)
    #expect(WrittenPitch(0, isSharp: true).octave == -1)
    #expect(WrittenPitch(127, isSharp: true).name == "G")
    #expect(WrittenPitch(127, isSharp: true).octave == 9)
    #expect(WrittenPitch(70, isSharp: false).name == "B♭")
  }

  @Test func noNoteOfAnyPatternIsFarFromTheStaff() {
    for pattern in PatternList.all.patterns.enumerated().filter({ $0.offset % 53 == 0 }).map(\.element) {
      let cells = PatternLine(PatternEntry(pattern), .up).written
      for (register, cell) in zip(StaffRegister.plan(cells), cells) {
        for note in cell { #expect(register.ledgerLines(note) <= 6, "\(pattern) \(note.name)\(note.octave)") }
      }
    }
  }

  @Test func onlyLongPatternsChangeTheirClef() {
    #expect(Set(StaffRegister.plan(PatternLine(octatonic, .both).written)) == [.treble])
    let seven = PatternLine(PatternEntry(ThesaurusPattern(.diapente, offsets: [1])!), .up).written
    #expect(StaffRegister.plan(seven).first == .bassOctaveLower)
    #expect(StaffRegister.plan(seven).last == .trebleTwoOctavesHigher)
  }

  @Test func aStartBeyondTheKeyboardIsMovedByOctaves() {
    let seven = ThesaurusPattern(.diapente, offsets: [-5, 12])!
    #expect(PatternEntry(seven, start: 62).start == 38)
    #expect(PatternEntry(seven, start: 61).start == 37)
    #expect(PatternEntry(seven, start: -3).start == 9)
    #expect(PatternEntry(octatonic.pattern, start: 47).start == 47)
    for start in -200...300 {
      let pitches = PatternLine(PatternEntry(seven, start: start), .both).tones.map(\.pitch)
      #expect(pitches.allSatisfy { (0...127).contains($0) })
      #expect((pitches[0] - start) % 12 == 0)
    }
  }
}
