// A note as the models see it: relative to the note before, in ticks of the beat.

/// One note of a sequence: (interval, pitch, duration, velocity).
///
/// Time is counted in ticks of 1/24 beat: of a quarter note in a score, of the player's pulse when live. The notes of
/// a chord follow each other upwards in pitch with interval 0, and a pitch occurs once in a chord.
public struct NoteEvent: Hashable, Sendable, Codable {
  /// Ticks from the onset of the note before to this onset; 0 within a chord.
  public var interval: Int
  /// MIDI pitch, 0...127.
  public var pitch: Int
  /// Ticks for which the note sounds, at least 1.
  public var duration: Int
  /// MIDI velocity, 1...127.
  public var velocity: Int

  /// A note event.
  public init(interval: Int, pitch: Int, duration: Int, velocity: Int) {
    self.interval = interval
    self.pitch = pitch
    self.duration = duration
    self.velocity = velocity
  }
}
