// Events of the dialogue in the words of the protocol.

public import Control
import MIDI

/// Turns events into messages for those who watch notes. One thread owns it.
public struct DialogueNews {
  /// Notes in a message at most, so that a line stays within its limit.
  private static let notesPerMessage = 256

  private let start: Double
  private var phraseNotes = 0

  /// - Parameter start: when the daemon started, in seconds of the monotonic clock; times count from there.
  public init(start: Double) {
    self.start = start
  }

  /// The messages for events, in their order; neighbouring notes share one.
  public mutating func messages(_ events: [DialogueEvent]) -> [Message] {
    var result: [Message] = []
    var notes: [NoteNews] = []
    for event in events {
      if let note = note(event) {
        notes.append(note)
        if notes.count < Self.notesPerMessage { continue }
      }
      let phrase = phrase(event)
      guard phrase != nil || notes.count == Self.notesPerMessage else { continue }
      if !notes.isEmpty { result.append(.notes(notes)) }
      notes = []
      if let phrase { result.append(.phrase(phrase)) }
    }
    if !notes.isEmpty { result.append(.notes(notes)) }
    return result
  }

  private func note(_ event: DialogueEvent) -> NoteNews? {
    let time = event.time - start
    let message: MIDIMessage
    var isPlayer = false
    switch event.kind {
    case .player(let played): (message, isPlayer) = (played, true)
    case .answer(let answered): message = answered
    default: return nil
    }
    let voice = { (channel: Int) -> NoteNews.Voice in
      isPlayer ? .player : channel == 1 ? .chords : channel == 2 ? .bass : .answer
    }
    switch message {
    case .noteOn(let channel, let pitch, let velocity):
      return NoteNews(time: time, voice: voice(channel), pitch: pitch, velocity: velocity)
    case .noteOff(let channel, let pitch, _):
      return NoteNews(time: time, voice: voice(channel), pitch: pitch, velocity: 0)
    default: return nil
    }
  }

  private mutating func phrase(_ event: DialogueEvent) -> PhraseNews? {
    let time = event.time - start
    switch event.kind {
    case .phraseBegan: phraseNotes = 0
    case .phraseEnded(let notes), .answerBegan(let notes): phraseNotes = notes
    default: break
    }
    let turn: PhraseNews.Event
    switch event.kind {
    case .phraseBegan: turn = .began
    case .phraseEnded: turn = .ended
    case .answerBegan: turn = .answered
    case .answerEnded: turn = .finished
    case .silenced: turn = .silenced
    case .player, .answer: return nil
    }
    return PhraseNews(time: time, event: turn, notes: phraseNotes)
  }
}
