// The dialogue: when answers begin, what interrupts them and how they end.

import MIDI
import Music
import Testing

@testable import Improviser

struct ImproviserTests {
  private let cMajor = Scale(tonic: PitchClass(wrapping: 0), family: .major)
  private let tune = [60, 62, 64, 65, 67, 65, 64, 62]

  @Test func answersAfterTheGap() throws {
    var dialogue = Dialogue(.melodic())
    dialogue.melody(tune)
    let end = 7 * 0.25 + 0.225
    let gap = dialogue.improviser.gapSeconds
    dialogue.wait(until: end + gap - 0.021)
    #expect(dialogue.events.isEmpty)
    dialogue.finish()
    #expect(dialogue.events.prefix(1).map(\.time).allSatisfy { abs($0 - end - gap) < 1e-9 })
    let first = try #require(dialogue.notesOn.first)
    #expect(abs(first.time - end - gap) < 1e-9)
    #expect(dialogue.beginnings.count == 1)
    #expect(dialogue.endings.count == 1)
    #expect(dialogue.events.contains(.began(phraseNotes: 8, at: first.time)))
  }

  /// A note-off that was lost on the way must not silence the dialogue for ever.
  @Test func aKeyThatNeverComesUpIsLetGo() throws {
    var dialogue = Dialogue(.melodic())
    dialogue.melody(tune)
    dialogue.improviser.hear(.noteOn(channel: 0, pitch: 64, velocity: 80), at: 2.25)
    dialogue.wait(until: 9)
    #expect(dialogue.events.isEmpty)
    dialogue.finish()
    #expect(dialogue.beginnings == [10.25])
    #expect(dialogue.endings.count == 1)
  }

  @Test func eventsComeInOrderAndAheadOfTime() throws {
    var dialogue = Dialogue(.melodic())
    dialogue.melody(tune)
    var times: [Double] = []
    while let deadline = dialogue.improviser.nextDeadline {
      dialogue.improviser.advance(to: deadline) { event in
        times.append(event.time)
        #expect(event.time >= deadline)
        #expect(event.time <= deadline + Improviser.lookahead + 1e-9)
      }
    }
    #expect(times == times.sorted())
    #expect(times.count > 8)
  }

  @Test func isAboutAsLongAsThePhraseAndRests() throws {
    for seed in 0..<20 as Range<UInt64> {
      var settings = AnswerSettings()
      settings.scaleRule = .lock(cMajor)
      var dialogue = Dialogue(.melodic(), settings: settings, seed: seed)
      dialogue.melody(tune + tune, step: 0.25)
      dialogue.finish()
      let (begin, end) = (try #require(dialogue.beginnings.first), try #require(dialogue.endings.first))
      #expect(abs((end - begin) / 4 - 1) < 0.1, "\(end - begin)")
      let last = try #require(dialogue.notesOn.last)
      #expect([0, 4, 7].contains(last.pitch % 12))
      #expect(end - last.time > 0.4)
      let beats = (last.time - begin) / 0.5
      #expect(abs(beats - beats.rounded()) < 0.05)
      #expect(dialogue.notesOn.allSatisfy { cMajor.contains(PitchClass(wrapping: $0.pitch)) })
    }
  }

  @Test func aKeySilencesAtOnce() throws {
    var dialogue = Dialogue(.melodic())
    dialogue.melody(tune)
    dialogue.wait(until: 4)
    #expect(dialogue.improviser.isAnswering)
    let before = dialogue.events.count
    dialogue.improviser.hear(.noteOn(channel: 0, pitch: 60, velocity: 90), at: 4.001)
    #expect(dialogue.improviser.nextDeadline == 4.001)
    dialogue.wait(until: 4.001)
    let after = dialogue.events.dropFirst(before)
    #expect(after.first == .silence(at: 4.001))
    #expect(after.last == .ended(at: 4.001))
    // While the key is held there is nothing to do but to lose patience with it.
    #expect(try #require(dialogue.improviser.nextDeadline) > 7)
    dialogue.wait(until: 10)
    #expect(dialogue.events.count == before + after.count)
  }

  @Test func aNoteJustBeforeTheAnswerGoesOnWithThePhrase() throws {
    let prediction = FakePrediction.melodic()
    var dialogue = Dialogue(prediction)
    dialogue.melody(tune)
    let deadline = 7 * 0.25 + 0.225 + dialogue.improviser.gapSeconds
    dialogue.wait(until: deadline - 0.01)
    #expect(dialogue.notesOn.count == 1)
    dialogue.play(67, at: deadline - 0.005, for: 0.2)
    #expect(dialogue.endings.count == 1)
    #expect(prediction.calls.contains(.rewind))
    dialogue.finish()
    #expect(dialogue.events.contains { if case .began(let notes, _) = $0 { notes == 9 } else { false } })
    #expect(prediction.heard.count == 9)
  }

  @Test func handsOverAtOnceWithKeysDown() throws {
    var dialogue = Dialogue(.melodic())
    dialogue.send(.noteOn(channel: 0, pitch: 60, velocity: 80), at: 1)
    dialogue.wait(until: 5)
    #expect(dialogue.events.isEmpty)
    dialogue.improviser.handOver(at: 5)
    dialogue.wait(until: 5)
    #expect(dialogue.beginnings == [5])
    dialogue.send(.noteOff(channel: 0, pitch: 60, velocity: 0), at: 5.3)
    #expect(dialogue.improviser.isAnswering)
    dialogue.finish()
    #expect(dialogue.endings.count == 1)
    dialogue.improviser.handOver(at: 100)
    #expect(dialogue.improviser.nextDeadline == nil)
  }

  @Test func waitsForTheBarLine() throws {
    var settings = AnswerSettings()
    settings.bars = 2
    var dialogue = Dialogue(.melodic(), settings: settings)
    dialogue.improviser.setTempo(beatSeconds: 0.5, barLine: 0.1, beatsPerBar: 4)
    dialogue.melody(tune)
    dialogue.finish()
    let begin = try #require(dialogue.beginnings.first)
    #expect(abs(begin - 4.1) < 1e-9)
    #expect(abs(try #require(dialogue.endings.first) - begin - 4) < 0.1)
  }

  @Test func withoutATempoBarsAreIgnored() throws {
    var settings = AnswerSettings()
    settings.bars = 2
    var dialogue = Dialogue(.melodic(), settings: settings)
    for beat in [nil, 0, -1, .nan, .infinity, 1e9] as [Double?] { dialogue.improviser.setTempo(beatSeconds: beat) }
    dialogue.melody(tune)
    let gap = dialogue.improviser.gapSeconds
    dialogue.finish()
    #expect(abs(try #require(dialogue.beginnings.first) - 1.975 - gap) < 1e-9)
  }

  @Test func listensWithoutAnswering() {
    let prediction = FakePrediction.melodic()
    var settings = AnswerSettings()
    settings.mode = .listen
    var dialogue = Dialogue(prediction, settings: settings)
    dialogue.melody(tune)
    dialogue.finish()
    #expect(dialogue.events.isEmpty)
    #expect(prediction.heard.count == 8)
  }

  @Test func changingTheModeEndsTheAnswer() throws {
    var dialogue = Dialogue(.melodic())
    dialogue.melody(tune)
    dialogue.wait(until: 4)
    dialogue.improviser.settings.mode = .listen
    dialogue.finish()
    #expect(dialogue.events.contains(.silence(at: 4)))
    #expect(dialogue.endings.count == 1)
  }

  @Test func drumsAreNotAnswered() {
    var dialogue = Dialogue(.melodic())
    for index in 0..<8 { dialogue.play(36, at: Double(index), for: 0.1, channel: 9) }
    dialogue.finish()
    #expect(dialogue.events.isEmpty)
  }

  @Test func oneNoteIsAnswered() throws {
    var dialogue = Dialogue(.melodic())
    dialogue.play(60, at: 1, for: 0.3)
    dialogue.finish()
    #expect(dialogue.notesOn.count > 1)
    let (begin, end) = (try #require(dialogue.beginnings.first), try #require(dialogue.endings.first))
    #expect(abs(begin - 1.3 - 0.6) < 1e-9)
    #expect((0.8...1.5).contains(end - begin))
  }

  @Test func chordsOfTenAreAnswered() throws {
    var dialogue = Dialogue(.melodic())
    for index in 0..<4 {
      for pitch in 0..<10 {
        let time = Double(index) + Double(pitch) * 0.002
        dialogue.send(.noteOn(channel: 0, pitch: 45 + 3 * pitch, velocity: 70), at: time)
      }
      for pitch in 0..<10 {
        dialogue.send(.noteOff(channel: 0, pitch: 45 + 3 * pitch, velocity: 0), at: Double(index) + 0.8)
      }
    }
    dialogue.finish()
    #expect(dialogue.endings.count == 1)
    let onsets = Dictionary(grouping: dialogue.notesOn, by: \.time)
    #expect(onsets.values.allSatisfy { $0.count <= 10 && Set($0.map(\.pitch)).count == $0.count })
  }

  @Test func anEndlessPhraseIsBounded() throws {
    let prediction = FakePrediction.melodic()
    var dialogue = Dialogue(prediction)
    dialogue.melody((0..<2200).map { 48 + $0 * 7 % 24 }, step: 0.12)
    dialogue.finish()
    #expect(prediction.heard.count == 2200)
    let (begin, end) = (try #require(dialogue.beginnings.first), try #require(dialogue.endings.first))
    #expect((7...9).contains(end - begin))
  }

  @Test func unplugLetsGoOfTheKeys() throws {
    var dialogue = Dialogue(.melodic())
    dialogue.send(.controlChange(channel: 0, controller: 64, value: 127), at: 0)
    dialogue.send(.noteOn(channel: 0, pitch: 60, velocity: 80), at: 1)
    dialogue.wait(until: 3)
    dialogue.improviser.releaseAll(at: 3)
    dialogue.finish()
    #expect(dialogue.beginnings.count == 1)
    #expect(abs(try #require(dialogue.beginnings.first) - 3.6) < 1e-9)
  }

  @Test func aKnobActsOnTheNextNote() throws {
    var dialogue = Dialogue(.melodic())
    dialogue.melody(tune + tune)
    dialogue.wait(until: 5.5)
    let before = dialogue.notesOn
    #expect(before.count > 1)
    dialogue.improviser.settings.register = 24
    dialogue.improviser.settings.program = 12
    dialogue.finish()
    let next = try #require(dialogue.notesOn.dropFirst(before.count).first)
    let low = before.map(\.pitch).min() ?? 0
    #expect(next.pitch >= low + 10)
    #expect(dialogue.events.contains { if case .program(0, 12, _) = $0 { true } else { false } })
  }

  @Test func theSameSeedGivesTheSameAnswers() {
    func events(_ seed: UInt64) -> [AnswerEvent] {
      var dialogue = Dialogue(.melodic(), seed: seed)
      dialogue.melody(tune)
      dialogue.wait(until: 10)
      dialogue.melody(tune.reversed())
      dialogue.finish()
      return dialogue.events
    }
    #expect(events(1) == events(1))
    #expect(events(1) != events(2))
  }

  @Test func theStateIsReadyWhenTheGapEnds() throws {
    let prediction = FakePrediction.melodic()
    var dialogue = Dialogue(prediction)
    dialogue.melody(tune)
    let end = 7 * 0.25 + 0.225 + dialogue.improviser.gapSeconds
    dialogue.wait(until: end - 0.05)
    #expect(prediction.heard.count == 8)
    let calls = prediction.calls.count
    dialogue.wait(until: end - 0.019)
    #expect(prediction.calls.dropFirst(calls).count { if case .play = $0 { true } else { false } } <= 2)
    #expect(!prediction.calls.dropFirst(calls).contains { if case .hear = $0 { true } else { false } })
  }

  @Test func theDetectedScaleReachesTheModel() {
    let prediction = FakePrediction.melodic()
    var dialogue = Dialogue(prediction)
    dialogue.improviser.setScale(DetectedScale(scale: cMajor, confidence: 0.99))
    dialogue.melody(tune)
    dialogue.finish()
    #expect(prediction.scales.allSatisfy { $0 == ScaleCondition(cMajor) })
    #expect(dialogue.notesOn.allSatisfy { cMajor.contains(PitchClass(wrapping: $0.pitch)) })
  }

  @Test func badTimesAndValuesAreHarmless() {
    var dialogue = Dialogue(.melodic())
    let improviser = dialogue.improviser
    improviser.hear(.noteOn(channel: 0, pitch: 60, velocity: 80), at: .nan)
    improviser.hear(.noteOn(channel: 99, pitch: 60, velocity: 80), at: 1)
    improviser.hear(.noteOn(channel: 0, pitch: 500, velocity: 80), at: 1)
    improviser.hear(.noteOn(channel: 0, pitch: 62, velocity: 900), at: 0.5)
    improviser.hear(.noteOff(channel: -1, pitch: 60, velocity: 80), at: -.infinity)
    improviser.hear(.controlChange(channel: 77, controller: 64, value: 1), at: 2)
    improviser.releaseAll(at: .infinity)
    improviser.advance(to: .nan) { _ in }
    dialogue.finish()
    #expect(dialogue.endings.count == 1)
    #expect(dialogue.notesOn.allSatisfy { (1...127).contains($0.velocity) })
  }

  @Test func aLongPauseBeginsAPiece() {
    let prediction = FakePrediction.melodic()
    var dialogue = Dialogue(prediction)
    dialogue.melody(tune)
    dialogue.wait(until: 60)
    #expect(!prediction.calls.contains(.beginPiece))
    dialogue.melody(tune)
    #expect(prediction.calls.contains(.beginPiece))
  }
}
