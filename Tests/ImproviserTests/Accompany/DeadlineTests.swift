// Deadlines move on: whoever waits for the next one after an advance does not wait in vain or without rest.
import MIDI
import Music
import Testing

@testable import Improviser

@Suite struct DeadlineTests {
  private static func scale(_ generator: inout SeededGenerator) -> Scale? {
    let families = ScaleFamily.allCases
    let family = families[Int(generator.uniform() * Double(families.count))]
    guard generator.uniform() < 0.8 else { return nil }
    return Scale(tonic: PitchClass(wrapping: Int(generator.uniform() * 12)), family: family)
  }

  /// A clock on which something happens: mostly what was asked for, sometimes a little later.
  private struct Wakes {
    var time = 1000.0
    var late = 0
    var count = 0

    /// Advances at every deadline before `end`, then at `end`; `advance` gives the deadline after it.
    mutating func pass(
      until end: Double, from deadline: Double?, _ generator: inout SeededGenerator, _ advance: (Double) -> Double?
    ) {
      var next = deadline
      while let wake = next, wake < end {
        time = max(time, wake + (generator.uniform() < 0.2 ? generator.uniform() * 0.03 : 0))
        next = check(advance(time))
        if late > 0 { return }
      }
      time = max(time, end)
      _ = check(advance(time))
    }

    private mutating func check(_ next: Double?) -> Double? {
      count += 1
      if let next, !(next > time) { late += 1 }
      return next
    }
  }

  @Test(arguments: 0..<12) func theAccompanistNeverAsksForThePast(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let accompanist = Accompanist(seed: UInt64(seed))
    accompanist.setScale(Scale(tonic: PitchClass(wrapping: seed), family: .major))
    accompanist.setPulse(beat: 0.4, phase: 0)
    var wakes = Wakes()
    for _ in 0..<1000 where wakes.late == 0 {
      let end = wakes.time + generator.uniform() * (generator.uniform() < 0.1 ? 4 : 0.3)
      wakes.pass(until: end, from: accompanist.nextDeadline, &generator) { time in
        accompanist.advance(to: time) { _ in }
        return accompanist.nextDeadline
      }
      let pitch = 40 + Int(generator.uniform() * 45)
      switch generator.uniform() {
      case ..<0.45: accompanist.noteOn(pitch: pitch, velocity: 1 + Int(generator.uniform() * 127), at: wakes.time)
      case ..<0.8: for pitch in 40..<85 { accompanist.noteOff(pitch: pitch, at: wakes.time) }
      case ..<0.84: accompanist.releaseAll(at: wakes.time)
      case ..<0.9:
        accompanist.setPulse(beat: 0.1 + generator.uniform(), phase: wakes.time * generator.uniform(), barLine: nil)
      case ..<0.91: accompanist.setPulse(beat: nil, phase: 0)
      case ..<0.95: accompanist.setScale(Self.scale(&generator))
      case ..<0.97: accompanist.settings.beatsPerBar = Int(generator.uniform() * 20) - 2
      case ..<0.98: accompanist.settings.velocity = generator.uniform() < 0.5 ? 0 : 1
      default: accompanist.stop(at: wakes.time) { _ in }
      }
      accompanist.advance(to: wakes.time) { _ in }
      if let next = accompanist.nextDeadline { #expect(next > wakes.time) }
    }
    #expect(wakes.late == 0, "a deadline was past at \(wakes.time)")
    #expect(wakes.count > 1000)
  }

  /// A beat is played ahead of its time, and the player counts as having stopped before the time is there.
  @Test func aBeatThatWasSilencedAheadOfItsTimeIsNotPlayedAgain() throws {
    let accompanist = Accompanist(seed: 1)
    accompanist.setScale(Scale(tonic: PitchClass(wrapping: 0), family: .major))
    accompanist.setPulse(beat: 0.5, phase: 0)
    accompanist.noteOn(pitch: 60, velocity: 80, at: 1)
    accompanist.advance(to: 1) { _ in }
    accompanist.noteOff(pitch: 60, at: 1.005)
    var onsets: [Double] = []
    var rounds = 0
    while let next = accompanist.nextDeadline, rounds < 100 {
      accompanist.advance(to: next) { if case .noteOn(1, _, _, let time) = $0 { onsets.append(time) } }
      rounds += 1
    }
    #expect(rounds < 10)
    #expect(onsets.count == Set(onsets).count)
  }

  @Test(arguments: 0..<12) func theImproviserNeverAsksForThePast(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let improviser = Improviser(prediction: FakePrediction.melodic(), seed: UInt64(seed))
    var wakes = Wakes()
    for _ in 0..<600 where wakes.late == 0 {
      let end = wakes.time + generator.uniform() * (generator.uniform() < 0.1 ? 4 : 0.4)
      wakes.pass(until: end, from: improviser.nextDeadline, &generator) { time in
        improviser.advance(to: time) { _ in }
        return improviser.nextDeadline
      }
      act(improviser, at: wakes.time, &generator)
      improviser.advance(to: wakes.time) { _ in }
      if let next = improviser.nextDeadline { #expect(next > wakes.time) }
    }
    #expect(wakes.late == 0, "a deadline was past at \(wakes.time) with \(improviser.settings)")
    #expect(wakes.count > 600)
  }

  private func act(_ improviser: Improviser, at time: Double, _ generator: inout SeededGenerator) {
    let pitch = 40 + Int(generator.uniform() * 45)
    switch generator.uniform() {
    case ..<0.5:
      improviser.hear(.noteOn(channel: 0, pitch: pitch, velocity: 1 + Int(generator.uniform() * 127)), at: time)
    case ..<0.78: for pitch in 40..<85 { improviser.hear(.noteOff(channel: 0, pitch: pitch, velocity: 0), at: time) }
    case ..<0.82: improviser.releaseAll(at: time)
    case ..<0.84:
      improviser.hear(
        .controlChange(channel: 0, controller: 64, value: Int(generator.uniform() * 128)), at: time)
    case ..<0.86: improviser.handOver(at: time)
    case ..<0.89:
      let modes = AnswerMode.allCases
      improviser.settings.mode = modes[Int(generator.uniform() * Double(modes.count))]
    case ..<0.92:
      improviser.setScale(Self.scale(&generator).map { DetectedScale(scale: $0, confidence: 0.9) })
    case ..<0.94:
      let isKnown = generator.uniform() < 0.5
      improviser.setTempo(
        beatSeconds: isKnown ? 0.2 + generator.uniform() : nil, barLine: time * generator.uniform(),
        beatsPerBar: 1 + Int(generator.uniform() * 6))
    case ..<0.95: improviser.settings.bars = generator.uniform() < 0.5 ? nil : 1 + Int(generator.uniform() * 4)
    case ..<0.96: improviser.forgetPlayer()
    default:
      let parameters = AnswerSettings.parameters
      let parameter = parameters[Int(generator.uniform() * Double(parameters.count))]
      parameter.set(&improviser.settings, parameter.value(atKnob: generator.uniform()))
    }
  }
}
