// A turn of the dialogue, as the protocol writes it.

/// What happened to a phrase.
public struct PhraseNews: Codable, Equatable, Sendable {
  /// The turns of a dialogue.
  public enum Event: String, Codable, Sendable, CaseIterable {
    /// The player began a phrase.
    case began
    /// The phrase is over.
    case ended
    /// The answer begins.
    case answered
    /// The answer is over.
    case finished
    /// A new key, or panic, has cut the answer.
    case silenced
  }

  /// Seconds since the daemon's start.
  public var time: Double
  /// What happened.
  public var event: Event
  /// Notes of the phrase so far.
  public var notes: Int

  /// Makes a turn; the time is rounded to tenths of a millisecond.
  public init(time: Double, event: Event, notes: Int) {
    self.time = time.rounded(decimals: 4)
    self.event = event
    self.notes = notes
  }
}
