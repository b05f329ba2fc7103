// What the improviser plays, on its way to the outputs.

import Improviser
import MIDI

extension Hands {
  /// Plays an event on the synthesizer and both MIDI outputs.
  func play(_ event: AnswerEvent, at now: Double) {
    switch event {
    case .began(let notes, let time):
      report.begin(phraseNotes: notes, at: time)
      post(.phraseEnded(notes: notes), at: time)
      post(.answerBegan(notes: notes), at: time)
    case .noteOn(let channel, let pitch, let velocity, let time):
      send(.noteOn(channel: channel, pitch: pitch, velocity: velocity), at: time)
      report.answered(pitch, isAnswer: channel == 0, at: max(time, now))
    case .noteOff(let channel, let pitch, let time):
      send(.noteOff(channel: channel, pitch: pitch, velocity: 64), at: time)
    case .program(let channel, let program, let time):
      send(.programChange(channel: channel, program: program), at: time)
    case .silence:
      parts.voice.silenceAnswer()
      if let sink = parts.sink { schedule.silence { sink.send($0) } }
      report.silence()
      post(.silenced, at: now)
    case .ended(let time):
      report.end()
      post(.answerEnded, at: time)
    }
  }

  private func send(_ message: MIDIMessage, at time: Double) {
    post(.answer(message), at: time)
    parts.voice.play(message, at: time)
    if parts.sink != nil { schedule.add(message, at: time) }
  }
}
