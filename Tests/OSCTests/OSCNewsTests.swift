// What the daemon's messages become on the wire.

import Control
import Music
import Testing

@testable import OSC

@Suite struct OSCNewsTests {
  private func lines(_ events: [OSCEvent]) -> [String] {
    events.map { event in
      let values = event.message.arguments.map { value in
        switch value {
        case .int(let number): "\(number)"
        case .float(let number): "\(number)"
        case .string(let text): text
        default: "?"
        }
      }
      return ([event.message.path] + values).joined(separator: " ")
    }
  }

  @Test func sendsScaleAndStateWhenTheyChange() {
    var news = OSCNews()
    let first = lines(news.take(.readout(sampleReadout())))
    #expect(first[0] == "/antiphon/scale 2 dorian D dorian 0.75")
    #expect(first[1] == "/antiphon/candidates 2 dorian D dorian 0.75 -1 none no scale 0.25")
    #expect(first[2].hasPrefix("/antiphon/chroma 0.0 0.083 "))
    #expect(first[2].split(separator: " ").count == 13)
    #expect(first[3...] == ["/antiphon/level -20.0", "/antiphon/state listening"])
    let second = news.take(.readout(sampleReadout(time: 2, level: -30)))
    #expect(second.map(\.topic) == [.chroma, .level])
    let third = lines(news.take(.readout(sampleReadout(time: 3, scale: nil, state: "phrase"))))
    #expect(third[0] == "/antiphon/scale -1 none no scale 0.75")
    #expect(third.last == "/antiphon/state phrase")
  }

  @Test func sendsSettingsThatChanged() {
    var news = OSCNews()
    #expect(
      lines(news.take(.settings(sampleSettings()))) == [
        "/antiphon/setting/mode answer", "/antiphon/setting/scale follow", "/antiphon/setting/style balanced",
        "/antiphon/setting/temperature 1.0", "/antiphon/setting/thru 1.0",
      ])
    #expect(lines(news.take(.changed(sampleSettings(temperature: 1.5)))) == ["/antiphon/setting/temperature 1.5"])
    #expect(news.take(.settings(sampleSettings(temperature: 1.5))).isEmpty)
    #expect(news.present().count == 5)
  }

  @Test func sendsNotesAndTurns() {
    var news = OSCNews()
    let notes = news.take(
      .notes([
        NoteNews(time: 1, voice: .player, pitch: 60, velocity: 90),
        NoteNews(time: 1.5, voice: .chords, pitch: 64, velocity: 0),
      ]))
    #expect(lines(notes) == ["/antiphon/player/note 60 90", "/antiphon/reply/note chords 64 0"])
    #expect(notes.map(\.topic) == [.player, .reply])
    #expect(notes.map(\.time) == [1, 1.5])
    let turns = PhraseNews.Event.allCases.flatMap { event in
      lines(news.take(.phrase(PhraseNews(time: 2.5, event: event, notes: 7))))
    }
    #expect(
      turns == [
        "/antiphon/phrase/began 2.5", "/antiphon/phrase/ended 7", "/antiphon/reply/began 7",
        "/antiphon/reply/ended finished", "/antiphon/reply/ended silenced",
      ])
  }

  @Test func passesRepliesOver() {
    var news = OSCNews()
    for message in [Message.pong, .watching, .done("x"), .failure(Failure(.failed, "x")), .unknown(type: "x")] {
      #expect(news.take(message).isEmpty)
    }
    #expect(lines(news.take(.notice("x"))) == ["/antiphon/notice x"])
    #expect(lines(news.take(.learned(Learned(name: "density", controller: 21)))) == ["/antiphon/learned density 21"])
  }

  @Test func keepsTheOutboxSmall() {
    var outbox = OSCOutbox()
    for number in 0..<2000 { outbox.add(.notice("\(number)")) }
    outbox.add(.readout(sampleReadout(time: 1)))
    outbox.add(.readout(sampleReadout(time: 2)))
    let messages = outbox.take().messages
    #expect(messages.count == OSCOutbox.limit + 1)
    #expect(messages.first == .notice("976"))
    #expect(messages.last == .readout(sampleReadout(time: 2)))
    #expect(outbox.take().messages.isEmpty)
  }
}
