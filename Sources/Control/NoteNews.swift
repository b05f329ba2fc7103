// A note that began or ended, as the protocol writes it.

/// One edge of a note.
public struct NoteNews: Codable, Equatable, Sendable {
  /// Who plays.
  public enum Voice: String, Codable, Sendable, CaseIterable {
    case player, answer, chords, bass
  }

  /// Seconds since the daemon's start at which it sounds; a note of an answer may lie some milliseconds ahead.
  public var time: Double
  /// Who plays.
  public var voice: Voice
  /// MIDI pitch, 0...127.
  public var pitch: Int
  /// 1...127 when the note begins, 0 when it ends.
  public var velocity: Int

  /// Makes an edge; the time is rounded to tenths of a millisecond.
  public init(time: Double, voice: Voice, pitch: Int, velocity: Int) {
    self.time = time.rounded(decimals: 4)
    self.voice = voice
    self.pitch = pitch
    self.velocity = velocity
  }
}
