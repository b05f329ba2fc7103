// The accompaniment's beat stays where it is while the estimate wavers.
import Testing

@testable import Improviser

@Suite struct BeatFollowerTests {
  /// How far `time` is from a beat of the follower.
  private func distance(_ follower: BeatFollower, _ time: Double) -> Double {
    guard let beat = follower.beat else { return .infinity }
    let place = (time - follower.phase) / beat
    return abs(place - place.rounded()) * beat
  }

  @Test func theFirstEstimateIsTaken() {
    var follower = BeatFollower()
    #expect(follower.beat == nil)
    follower.process(beat: 0.6, phase: 1, at: 1)
    #expect(follower.beat == 0.6 && follower.phase == 1)
    follower.reset()
    #expect(follower.beat == nil)
  }

  @Test(arguments: [0.3, 1.2]) func halvesAndDoublesAreTheSameTempo(_ beat: Double) throws {
    var follower = BeatFollower()
    follower.process(beat: 0.6, phase: 1, at: 1)
    for step in 0..<40 { follower.process(beat: beat, phase: 1 + Double(step) * 0.3, at: 1 + Double(step) * 0.3) }
    #expect(abs(try #require(follower.beat) - 0.6) < 1e-9)
    #expect(distance(follower, 13) < 1e-9)
  }

  @Test func anotherPlaceOfTheBeatMustInsist() {
    var follower = BeatFollower()
    follower.process(beat: 0.6, phase: 1, at: 1)
    for step in 1..<6 { follower.process(beat: 0.6, phase: 1.3 + Double(step) * 0.6, at: 1 + Double(step) * 0.6) }
    #expect(distance(follower, 7) < 1e-9)
    for step in 6..<30 { follower.process(beat: 0.6, phase: 1.3 + Double(step) * 0.6, at: 1 + Double(step) * 0.6) }
    #expect(distance(follower, 19.3) < 1e-9)
  }

  @Test func noiseIsEvenedOut() {
    var follower = BeatFollower()
    follower.process(beat: 0.5, phase: 0, at: 0)
    var generator = SeededGenerator(seed: 4)
    var worst = 0.0
    for step in 1..<200 {
      let time = Double(step) * 0.5
      follower.process(beat: 0.5, phase: time + 0.04 * (generator.uniform() - 0.5), at: time)
      worst = max(worst, distance(follower, time))
    }
    #expect(worst < 0.02)
  }

  /// The estimates are wrong by more and more, the onsets are loose but right.
  @Test func theOnsetsKeepItInStep() {
    var follower = BeatFollower()
    follower.process(beat: 0.6, phase: 0, at: 0)
    var generator = SeededGenerator(seed: 5)
    var worst = 0.0
    for step in 1..<100 {
      let time = Double(step) * 0.3
      follower.hear(onset: time + 0.04 * (generator.uniform() - 0.5))
      if step > 20 { follower.process(beat: 0.3, phase: time - 0.002 * Double(min(step - 20, 30)), at: time) }
      worst = max(worst, distance(follower, (time / 0.6).rounded() * 0.6))
    }
    #expect(worst < 0.03)
  }

  @Test func aDriftAndAnotherTempoAreFollowed() throws {
    var follower = BeatFollower()
    follower.process(beat: 0.5, phase: 0, at: 0)
    var (beat, time) = (0.5, 0.0)
    for _ in 0..<100 {
      beat *= 1.002
      time += beat
      follower.process(beat: beat, phase: time, at: time)
      follower.hear(onset: time)
    }
    #expect(abs(try #require(follower.beat) - beat) < 0.005)
    #expect(distance(follower, time) < 0.02)
    for step in 0..<3 { follower.process(beat: 0.4, phase: time + Double(step) * 0.4, at: time) }
    #expect(follower.beat == 0.4 && abs(follower.phase - time - 0.8) < 1e-9)
  }
}
