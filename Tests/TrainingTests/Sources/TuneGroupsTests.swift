// Tests of finding the same tune in several books.

import Music
import Testing

@testable import Training

@Suite struct TuneGroupsTests {
  private func melody(_ pitches: [Int]) -> [Note] {
    pitches.enumerated().map { Note(pitch: $1, onset: Double($0), duration: 1) }
  }

  @Test func titlesAndIncipitsJoinTunesAndTheirLikes() {
    let scale = Array(60..<80)
    let groups = TuneGroups.groups(
      titles: ["The Humors of Cork", "Humors of Cork, The -- Reel", "Nameless", "Another", "the reel"],
      melodies: [
        melody(scale), melody(scale.reversed()),
        melody(scale.reversed().map { $0 + 5 }),  // the second tune, transposed
        melody([60, 60] + scale), melody([]),
      ])
    #expect(groups[0] == groups[1])
    #expect(groups[1] == groups[2])
    #expect(Set(groups).count == 3)
  }

  @Test func tunesWithoutTitleOrNotesStayApart() {
    let groups = TuneGroups.groups(titles: ["", "", "Reel"], melodies: [[], [], []])
    #expect(Set(groups).count == 3)
  }
}
