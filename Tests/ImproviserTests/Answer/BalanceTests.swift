// Whatever is played, every note of the answer ends.

import MIDI
import Testing

@testable import Improviser

struct BalanceTests {
  /// Follows events and reports what must not happen.
  private struct Ledger {
    var open: Set<Int> = []
    var isAnswering = false
    var faults: [String] = []
    var notes = 0

    mutating func take(_ event: AnswerEvent) {
      switch event {
      case .began:
        if isAnswering { faults.append("began twice") }
        isAnswering = true
      case .noteOn(_, let pitch, let velocity, _):
        notes += 1
        if !isAnswering { faults.append("note outside an answer") }
        if !open.insert(pitch).inserted { faults.append("\(pitch) began twice") }
        if !(0...127).contains(pitch) || !(1...127).contains(velocity) { faults.append("out of range") }
      case .noteOff(_, let pitch, _):
        if open.remove(pitch) == nil { faults.append("\(pitch) ended without beginning") }
      case .ended:
        if !open.isEmpty { faults.append("stuck: \(open)") }
        if !isAnswering { faults.append("ended twice") }
        isAnswering = false
      case .silence, .program: break
      }
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func randomPlayingNeverLeavesANoteStuck(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let prediction = [FakePrediction.flat(), .peaked(), .melodic(), .flat()][Int(seed)]
    let improviser = Improviser(prediction: prediction, seed: seed)
    var ledger = Ledger()
    var time = 0.0
    func run(to end: Double) {
      while let deadline = improviser.nextDeadline, deadline <= end {
        improviser.advance(to: deadline) { ledger.take($0) }
      }
      improviser.advance(to: end) { ledger.take($0) }
    }
    for _ in 0..<1500 {
      time += [0, 0.003, 0.05, 0.2, 0.6, 2][Int(generator.next() % 6)]
      run(to: time)
      let pitch = Int(generator.next() % 128)
      let channel = Int(generator.next() % 2) * 9
      switch generator.next() % 20 {
      case 0..<7: improviser.hear(.noteOn(channel: channel, pitch: pitch, velocity: 1 + pitch % 127), at: time)
      case 7..<13: improviser.hear(.noteOff(channel: channel, pitch: pitch, velocity: 0), at: time)
      case 13: improviser.hear(.controlChange(channel: channel, controller: 64, value: pitch), at: time)
      case 14..<17: improviser.releaseAll(at: time)
      case 17: improviser.handOver(at: time)
      case 18:
        let parameter = AnswerSettings.parameters[pitch % AnswerSettings.parameters.count]
        parameter.set(&improviser.settings, parameter.value(atKnob: generator.uniform()))
      default:
        improviser.settings.mode = pitch % 10 == 0 ? .listen : .answer
        improviser.setTempo(beatSeconds: pitch % 2 == 0 ? 0.4 : nil, barLine: 0.1)
      }
      // Some callers are late.
      if generator.next() % 50 == 0 { time += 1.5 }
    }
    improviser.releaseAll(at: time)
    for _ in 0..<10_000 {
      guard let deadline = improviser.nextDeadline else { break }
      run(to: max(time, deadline))
    }
    #expect(ledger.faults.isEmpty, "\(ledger.faults.prefix(3))")
    #expect(ledger.open.isEmpty)
    #expect(!ledger.isAnswering)
    #expect(improviser.nextDeadline == nil)
    #expect(ledger.notes > 100)
  }

  @Test(arguments: [0.0, 0.5, 1.0])
  func longAnswersDoNotCollapse(repetition: Double) throws {
    for prediction in [FakePrediction.flat(), .peaked(), .melodic()] {
      var settings = AnswerSettings()
      settings.length = 4
      settings.repetition = repetition
      var dialogue = Dialogue(prediction, settings: settings, seed: 3)
      for round in 0..<8 {
        dialogue.wait(until: Double(round) * 50)
        dialogue.melody((0..<32).map { 60 + $0 * 5 % 12 })
      }
      dialogue.finish()
      let pitches = dialogue.notesOn.map(\.pitch)
      #expect(pitches.count > 200)
      if repetition >= 0.5 {
        #expect(Set(pitches).count >= 10)
        let repeated = zip(pitches, pitches.dropFirst()).count { $0 == $1 }
        #expect(Double(repeated) / Double(pitches.count) < 0.5)
        // The end of one answer and the start of the next may add up.
        #expect(longestRow(pitches) <= 7)
      }
    }
  }

  private func longestRow(_ pitches: [Int]) -> Int {
    var (longest, row) = (1, 1)
    for (one, other) in zip(pitches, pitches.dropFirst()) {
      row = one == other ? row + 1 : 1
      longest = max(longest, row)
    }
    return longest
  }
}
