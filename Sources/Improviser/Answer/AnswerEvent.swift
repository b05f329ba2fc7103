// What the improviser tells the voice to do.

/// An event of the answer or the accompaniment. Times are seconds on the axis on which the player was heard and may lie
/// a little ahead of it. Channel 0 is the answer, 1 the chords of the accompaniment, 2 its bass.
public enum AnswerEvent: Hashable, Sendable {
  /// An answer to a phrase of `phraseNotes` notes begins.
  case began(phraseNotes: Int, at: Double)
  /// A note begins.
  case noteOn(channel: Int, pitch: Int, velocity: Int, at: Double)
  /// A note ends. Each `noteOn` has one.
  case noteOff(channel: Int, pitch: Int, at: Double)
  /// The sound of a channel changes.
  case program(channel: Int, program: Int, at: Double)
  /// Everything that sounds or is on its way is to fall silent at once, events with later times included. The
  /// note-offs of what was begun follow.
  case silence(at: Double)
  /// The answer is over; nothing of it follows.
  case ended(at: Double)

  /// The time of the event in seconds.
  public var time: Double {
    switch self {
    case .began(_, let at), .noteOn(_, _, _, let at), .noteOff(_, _, let at), .program(_, _, let at), .silence(let at),
      .ended(let at):
      at
    }
  }
}
