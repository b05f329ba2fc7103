// Tests of turning scores into events.

import Improviser
import Music
import Testing

@testable import Training

@Suite struct ScoreTicksTests {
  @Test func timesAreInTicksAndChordsRise() {
    let events = ScoreTicks.events([
      Note(pitch: 67, velocity: 90, onset: 1, duration: 0.5), Note(pitch: 60, onset: 1, duration: 2),
      Note(pitch: 72, onset: 2.0 / 3 + 1, duration: 1.0 / 3),
    ])
    #expect(
      events == [
        NoteEvent(interval: 0, pitch: 60, duration: 48, velocity: 80),
        NoteEvent(interval: 0, pitch: 67, duration: 12, velocity: 90),
        NoteEvent(interval: 16, pitch: 72, duration: 8, velocity: 80),
      ])
  }

  @Test func twoNotesOfOnePitchTogetherAreOne() {
    let events = ScoreTicks.events([
      Note(pitch: 60, velocity: 40, onset: 0, duration: 2), Note(pitch: 60, velocity: 99, onset: 0.001, duration: 1),
    ])
    #expect(events == [NoteEvent(interval: 0, pitch: 60, duration: 48, velocity: 99)])
  }

  @Test func aNoteStruckAgainEndsThere() {
    let events = ScoreTicks.events([Note(pitch: 60, onset: 0, duration: 4), Note(pitch: 60, onset: 1, duration: 1)])
    #expect(events.map(\.duration) == [24, 24])
    #expect(events.map(\.interval) == [0, 24])
  }

  @Test func oddNotesNeverTrap() {
    let events = ScoreTicks.events([
      Note(pitch: 900, velocity: 0, onset: .nan, duration: .nan), Note(pitch: -3, onset: -1, duration: -1),
      Note(pitch: 60, velocity: 500, onset: 1e300, duration: .infinity),
    ])
    #expect(events.count == 3)
    #expect(events.allSatisfy { (0...127).contains($0.pitch) && $0.duration > 0 && (1...127).contains($0.velocity) })
    #expect(ScoreTicks.events([]).isEmpty)
  }
}
