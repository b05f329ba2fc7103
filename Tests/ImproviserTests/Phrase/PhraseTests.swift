// What the answer needs to know of a phrase.

import Testing

@testable import Improviser

struct PhraseTests {
  /// A phrase of (onset, pitch, duration) in seconds at a beat of half a second.
  private func phrase(_ notes: [(Double, Int, Double)]) throws -> Phrase {
    var capture = PhraseCapture()
    let keys = notes.flatMap { [($0.0, $0.1, true), ($0.0 + $0.2, $0.1, false)] }
    for (time, pitch, isDown) in keys.sorted(by: { ($0.0, $0.2 ? 1 : 0) < ($1.0, $1.2 ? 1 : 0) }) {
      if isDown {
        _ = capture.press(channel: 0, pitch: pitch, velocity: pitch, at: time)
      } else {
        capture.release(channel: 0, pitch: pitch, at: time)
      }
    }
    return try #require(Phrase(capture, before: nil, now: 100, beat: 0.5))
  }

  @Test func writesAMelody() throws {
    let phrase = try phrase([(1, 60, 0.48), (1.5, 62, 0.2), (1.75, 64, 0.24), (2, 65, 0.9)])
    #expect(phrase.events.map(\.interval) == [0, 24, 12, 12])
    #expect(phrase.events.map(\.duration) == [24, 12, 12, 43])
    #expect(phrase.positions == [0, 24, 36, 48])
    #expect(phrase.range == 60...65)
    #expect(phrase.voices == 1)
    #expect(phrase.largestChord == 1)
    #expect(phrase.ticks == 48 + 43)
    #expect(phrase.longestInterval == 24)
    #expect(phrase.phase == 0)
  }

  @Test func writesChordsUpwards() throws {
    let phrase = try phrase([(1, 67, 0.5), (1.01, 60, 0.5), (1.02, 64, 0.5), (1.5, 59, 0.5)])
    #expect(phrase.events.map(\.pitch) == [60, 64, 67, 59])
    #expect(phrase.events.map(\.interval) == [0, 0, 0, 24])
    #expect(phrase.largestChord == 3)
    #expect(phrase.voices == 3)
  }

  @Test func findsAnUpbeat() throws {
    let phrase = try phrase([(1, 60, 0.2), (1.25, 65, 0.5), (1.75, 64, 0.5), (2.25, 65, 1.4)])
    #expect(phrase.phase == 12)
  }

  @Test func followsContourAndDynamics() throws {
    let phrase = try phrase([(1, 40, 0.4), (1.5, 60, 0.4), (2, 80, 0.4)])
    #expect(phrase.contour(at: 0) == 40)
    #expect(phrase.contour(at: 0.5) == 60)
    #expect(phrase.contour(at: 1) == 80)
    #expect(phrase.velocity(at: 0) < phrase.velocity(at: 0.5))
    #expect(phrase.velocity(at: 0.5) < phrase.velocity(at: 1))
  }

  @Test func ofNothingThereIsNone() {
    #expect(Phrase(PhraseCapture(), before: nil, now: 0, beat: 0.5) == nil)
    #expect(Phrase(events: [], positions: [], beat: 0.5) == nil)
  }
}
