// What happens between the player and the daemon, as it is kept, shown and sent on.

public import MIDI

/// One event of the dialogue.
public struct DialogueEvent: Equatable, Sendable {
  /// What happened.
  public enum Kind: Equatable, Sendable {
    /// The player's message, before any setting changes what becomes of it; controllers that steer settings included.
    case player(MIDIMessage)
    /// A message of the answer; channel 0 is the answer, 1 the chords and 2 the bass of the accompaniment.
    case answer(MIDIMessage)
    /// The player began a phrase.
    case phraseBegan
    /// The phrase is over, after so many notes.
    case phraseEnded(notes: Int)
    /// An answer to a phrase of so many notes begins.
    case answerBegan(notes: Int)
    /// The answer is over.
    case answerEnded
    /// The answer was cut; the note-offs of what was begun follow or came before.
    case silenced
  }

  /// When it sounds, in seconds of the monotonic clock; messages of the answer may lie a little ahead.
  public var time: Double
  /// What happened.
  public var kind: Kind

  /// Collects the values.
  public init(time: Double, _ kind: Kind) {
    self.time = time
    self.kind = kind
  }
}
