// The ear for patterns: names the one that is played, and nothing in other music.

import Music
import Testing

@testable import Improviser

@Suite struct PatternEarTests {
  /// Plays notes one after the other; gives the ear and what it showed after each.
  private func play(_ pitches: [Int], each seconds: Double = 0.25) -> (ear: PatternEar, shown: [PatternScale?]) {
    var ear = PatternEar()
    let shown = pitches.enumerated().map { index, pitch in
      ear.noteOn(pitch: pitch, at: Double(index) * seconds)
      return ear.pattern
    }
    return (ear, shown)
  }

  private func name(_ scale: PatternScale?) -> String? { scale.map { "\($0.tonic) \($0.pattern.name)" } }

  @Test func twoCellsOfTritonesAreNamedAtTheirEnd() {
    let shown = play([60, 61, 66, 67, 72]).shown
    #expect(shown.prefix(4).allSatisfy { $0 == nil })
    #expect(name(shown[4]) == "C tritone/interpolation/1:1")
  }

  @Test func theWayDownAndALoopAreTheSamePattern() {
    #expect(name(play([72, 67, 66, 61, 60]).shown[4]) == "C tritone/interpolation/1:1")
    #expect(name(play([62, 63, 68, 69, 62]).shown[4]) == "D tritone/interpolation/1:1")
    let whole = play([60, 61, 66, 67, 72, 67, 66, 61, 60, 61, 66, 67, 72]).shown
    #expect(Set(whole.dropFirst(4).map(name)) == ["C tritone/interpolation/1:1"])
  }

  @Test func anOctatonicScaleIsNamed() {
    #expect(name(play([60, 61, 63, 64, 66, 67, 69, 70, 72]).ear.pattern) == "C sesquitone/interpolation/1:1")
  }

  @Test func nearlyEveryPatternOfTheListIsHeard() {
    var missed = 0
    for (index, pattern) in PatternList.all.patterns.enumerated() where index % 7 == 0 {
      let start = pattern.start(on: PitchClass(wrapping: index))
      let heard = play(pattern.ascent.map { start + $0 }).ear.pattern
      if let heard {
        // A simpler pattern may play the same notes.
        #expect(heard.pattern.count <= pattern.count)
        if heard.pattern == pattern { #expect(heard.tonic.rawValue == index % 12) }
      } else {
        missed += 1
      }
    }
    // Those that are chains of equal intervals or notes of one key: 59 of 31,954.
    #expect(missed <= 14)
  }

  @Test(arguments: [
    [60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79, 81, 83, 84], [60, 62, 60, 62, 60, 62, 60, 62, 60, 62, 60, 62],
    [60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72], [60, 62, 64, 66, 68, 70, 72, 74, 76, 78, 80],
    [60, 64, 62, 65, 64, 67, 65, 69, 67, 71, 69, 72, 71, 74, 72], [48, 51, 54, 57, 60, 63, 66, 69, 72, 75],
    [60, 62, 63, 65, 67, 68, 71, 72, 71, 68, 67, 65, 63, 62, 60], [60, 60, 60, 60, 60, 60, 60, 60],
    [60, 64, 68, 72, 76, 80], [36, 43, 50, 57, 64, 71, 78], [127, 0, 127, 0, 127, 0, 127, 0, 127],
  ]) func whatAllMusicIsMadeOfHasNoName(line: [Int]) {
    #expect(play(line).shown.allSatisfy { $0 == nil })
    #expect(play(line.reversed()).shown.allSatisfy { $0 == nil })
  }

  @Test func otherNotesAndSilenceEndIt() {
    var ear = play([60, 61, 66, 67, 72], each: 0.5).ear
    ear.advance(to: 5.9)
    #expect(ear.pattern != nil)
    ear.advance(to: 6.1)
    #expect(ear.pattern == nil)
    let shown = play([60, 61, 66, 67, 72, 74, 76, 77, 79]).shown
    #expect(shown[4] != nil && shown[6] != nil && shown[7] == nil)
  }

  @Test func wanderingInItsNotesEndsIt() {
    let wandering = (0..<30).map { [60, 66, 61, 72, 60, 67, 60][$0 % 7] }
    let shown = play([60, 61, 66, 67, 72] + wandering).shown
    #expect(shown[10] != nil && shown[34] == nil)
  }

  @Test func aPatternOverTwoOctavesKeepsItsNotesApart() {
    // Ditones over two octaves: E5 is a principal tone, E4 is none.
    var ear = play([60, 61, 68, 69, 76, 77, 84]).ear
    #expect(name(ear.pattern) == "C quadritone/interpolation/1:1")
    for (index, pitch) in [64, 65, 72].enumerated() { ear.noteOn(pitch: pitch, at: 2 + Double(index) * 0.25) }
    #expect(ear.pattern == nil)
  }

  @Test func theHighestNoteOfAChordCounts() {
    var ear = PatternEar()
    for (index, pitch) in [60, 61, 66, 67, 72].enumerated() {
      for (place, below) in [-12, 0, -5].enumerated() {
        ear.noteOn(pitch: pitch + below, at: Double(index) * 0.3 + Double(place) * 0.005)
      }
    }
    #expect(name(ear.pattern) == "C tritone/interpolation/1:1")
  }

  @Test func theLowerNotesOfAChordAreNoStrangers() {
    var ear = play([60, 61, 66, 67, 72]).ear
    // Three notes outside the pattern, below one that belongs to it.
    for (place, pitch) in [40, 44, 47, 66].enumerated() { ear.noteOn(pitch: pitch, at: 2 + Double(place) * 0.005) }
    #expect(name(ear.pattern) == "C tritone/interpolation/1:1")
    for (index, pitch) in [68, 69, 71].enumerated() { ear.noteOn(pitch: pitch, at: 2.5 + Double(index) * 0.25) }
    #expect(ear.pattern == nil)
  }

  @Test func aRestBeginsANewLineAndBadNotesAreNone() {
    var ear = PatternEar()
    for (pitch, time) in [(60, 0.0), (61, 0.3), (66, 0.6), (67, 4.0), (72, 4.3)] { ear.noteOn(pitch: pitch, at: time) }
    #expect(ear.pattern == nil)
    for pitch in [-1, 128, 300] { ear.noteOn(pitch: pitch, at: 5) }
    ear.noteOn(pitch: 60, at: .nan)
    #expect(ear.pattern == nil)
    ear.reset()
    for (index, pitch) in [60, 61, 66, 67, 72].enumerated() { ear.noteOn(pitch: pitch, at: 0.2 * Double(index)) }
    #expect(ear.pattern != nil)
  }
}
