// The mode "accompany".

import Music
import Testing

@testable import Improviser

struct AccompanimentTests {
  private let cMajor = Scale(tonic: PitchClass(wrapping: 0), family: .major)

  private func dialogue() -> Dialogue {
    var settings = AnswerSettings()
    settings.mode = .accompany
    let dialogue = Dialogue(.melodic(), settings: settings)
    dialogue.improviser.setScale(DetectedScale(scale: cMajor, confidence: 0.9))
    return dialogue
  }

  /// Open notes after the events, as (channel, pitch).
  private func open(_ events: [AnswerEvent]) -> [[Int]: Int] {
    var open: [[Int]: Int] = [:]
    for event in events {
      switch event {
      case .noteOn(let channel, let pitch, _, _): open[[channel, pitch], default: 0] += 1
      case .noteOff(let channel, let pitch, _): open[[channel, pitch], default: 0] -= 1
      default: break
      }
    }
    return open.filter { $0.value != 0 }
  }

  private let tune = [60, 64, 67, 72, 71, 67, 65, 62, 60, 64, 67, 64, 65, 62, 60, 60]

  @Test func chordsAndBassSoundWhileThePlayerPlays() {
    var dialogue = dialogue()
    dialogue.melody(tune, step: 0.5)
    let channels = Set(
      dialogue.events.compactMap { if case .noteOn(let channel, _, _, _) = $0 { channel } else { nil } })
    #expect(channels == [1, 2])
    #expect(dialogue.notesOn.allSatisfy { cMajor.contains(PitchClass(wrapping: $0.pitch)) })
    dialogue.finish()
    #expect(dialogue.beginnings.isEmpty)
    #expect(open(dialogue.events).isEmpty)
    #expect(dialogue.now < 12)
  }

  @Test func leavingTheModeEndsItAtOnce() {
    var dialogue = dialogue()
    dialogue.melody(tune, step: 0.5)
    #expect(!open(dialogue.events).isEmpty)
    dialogue.improviser.settings.mode = .listen
    dialogue.wait(until: dialogue.now)
    #expect(open(dialogue.events).isEmpty)
    dialogue.finish()
    #expect(dialogue.improviser.nextDeadline == nil)
  }

  @Test func theNextModeAnswersWhatWasPlayed() {
    var dialogue = dialogue()
    dialogue.melody(tune, step: 0.5)
    dialogue.improviser.settings.mode = .answer
    dialogue.finish()
    #expect(dialogue.beginnings.count == 1)
    #expect(open(dialogue.events).isEmpty)
  }
}
