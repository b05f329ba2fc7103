// Tempo and bars from a MIDI clock.

import MIDI
import Testing

@testable import Engine

@Suite struct ClockFollowerTests {
  private func clocks(_ follower: inout ClockFollower, _ count: Int, from start: Double, beat: Double) -> Double {
    var time = start
    for index in 0..<count {
      time = start + Double(index) * beat / 24
      // A serial line delays a byte by up to a millisecond.
      follower.hear(.clock, at: time + (index % 2 == 0 ? 0 : 0.001))
    }
    return time
  }

  @Test(arguments: [0.25, 0.5, 1.0]) func findsTheTempo(beat: Double) throws {
    var follower = ClockFollower()
    follower.hear(.start, at: 10)
    let end = clocks(&follower, 97, from: 10, beat: beat)
    let tempo = try #require(follower.tempo(at: end))
    #expect(abs(tempo.beatSeconds / beat - 1) < 0.01)
    // The 97th clock is the first of the second bar.
    #expect(abs(tempo.barLine - (10 + 4 * beat)) < 0.002)
  }

  @Test func silenceIsNoTempo() {
    var follower = ClockFollower()
    #expect(follower.tempo(at: 0) == nil)
    let end = clocks(&follower, 3, from: 0, beat: 0.5)
    #expect(follower.tempo(at: end) == nil)
    _ = clocks(&follower, 48, from: end, beat: 0.5)
    #expect(follower.tempo(at: end + 5) == nil)
  }

  @Test func jitterIsNoChange() {
    let tempo = ClockFollower.Tempo(beatSeconds: 0.5, barLine: 10)
    #expect(ClockFollower.isSame(tempo, .init(beatSeconds: 0.5004, barLine: 16.002)))
    #expect(!ClockFollower.isSame(tempo, .init(beatSeconds: 0.51, barLine: 10)))
    #expect(!ClockFollower.isSame(tempo, .init(beatSeconds: 0.5, barLine: 10.5)))
    #expect(!ClockFollower.isSame(tempo, nil) && ClockFollower.isSame(nil, nil))
  }
}
