// What the dialogue tells those who watch, keep and send it.

import Control
import MIDI
import Testing

@testable import Engine

@Suite struct DialogueNewsTests {
  private static func notes(_ message: Message) -> [NoteNews] {
    if case .notes(let notes) = message { notes } else { [] }
  }

  @Test func neighbouringNotesShareAMessage() {
    var news = DialogueNews(start: 10)
    let messages = news.messages([
      DialogueEvent(time: 11, .phraseBegan),
      DialogueEvent(time: 11, .player(.noteOn(channel: 3, pitch: 60, velocity: 90))),
      DialogueEvent(time: 11.1, .player(.controlChange(channel: 0, controller: 64, value: 127))),
      DialogueEvent(time: 11.5, .player(.noteOff(channel: 3, pitch: 60, velocity: 64))),
      DialogueEvent(time: 12, .phraseEnded(notes: 1)), DialogueEvent(time: 12, .answerBegan(notes: 1)),
      DialogueEvent(time: 12, .answer(.programChange(channel: 0, program: 4))),
      DialogueEvent(time: 12, .answer(.noteOn(channel: 0, pitch: 64, velocity: 80))),
      DialogueEvent(time: 12.1, .answer(.noteOn(channel: 2, pitch: 40, velocity: 70))),
      DialogueEvent(time: 12.2, .silenced),
    ])
    #expect(
      messages == [
        .phrase(PhraseNews(time: 1, event: .began, notes: 0)),
        .notes([
          NoteNews(time: 1, voice: .player, pitch: 60, velocity: 90),
          NoteNews(time: 1.5, voice: .player, pitch: 60, velocity: 0),
        ]),
        .phrase(PhraseNews(time: 2, event: .ended, notes: 1)), .phrase(PhraseNews(time: 2, event: .answered, notes: 1)),
        .notes([
          NoteNews(time: 2, voice: .answer, pitch: 64, velocity: 80),
          NoteNews(time: 2.1, voice: .bass, pitch: 40, velocity: 70),
        ]),
        .phrase(PhraseNews(time: 2.2, event: .silenced, notes: 1)),
      ])
  }

  @Test func aFloodStaysWithinTheLinesOfTheProtocol() {
    var news = DialogueNews(start: 0)
    let flood = (0..<10_000).map { index in
      DialogueEvent(time: Double(index), .player(.noteOn(channel: 0, pitch: index % 128, velocity: 1 + index % 127)))
    }
    let messages = news.messages(flood)
    #expect(messages.allSatisfy { LineCodec.encode($0).count < ControlProtocol.maximumLineLength })
    let notes = messages.flatMap(Self.notes)
    #expect(notes.map(\.time) == flood.map(\.time))
  }

  @Test func theFeedDropsTheOldestAndSaysSo() {
    let feed = DialogueFeed()
    for index in 0..<DialogueFeed.capacity { feed.post(DialogueEvent(time: Double(index), .phraseBegan)) }
    #expect(feed.dropped == 0)
    feed.post(DialogueEvent(time: 1e6, .phraseBegan))
    let events = feed.take()
    #expect(feed.dropped == DialogueFeed.capacity / 2 && events.count == DialogueFeed.capacity / 2 + 1)
    #expect(events.first?.time == Double(DialogueFeed.capacity / 2) && events.last?.time == 1e6)
    #expect(feed.take().isEmpty && !feed.hasNews)
  }

  @Test func aDialogueIsToldInOrder() throws {
    let stage = try Stage()
    stage.playPhrase()
    stage.run(11)
    var news = DialogueNews(start: 0)
    let messages = news.messages(stage.feed.take())
    let turns = messages.compactMap { message -> PhraseNews.Event? in
      if case .phrase(let turn) = message { turn.event } else { nil }
    }
    #expect(turns == [.began, .ended, .answered, .finished])
    let notes = messages.flatMap(Self.notes)
    #expect(notes.count { $0.voice == .player } == 10)
    #expect(notes.count { $0.voice == .answer && $0.velocity > 0 } == stage.answered.count)
    for pitch in 0..<128 {
      let mine = notes.filter { $0.pitch == pitch }
      #expect(mine.count { $0.velocity > 0 } == mine.count { $0.velocity == 0 })
    }
  }
}
