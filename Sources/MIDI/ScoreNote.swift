// One note of a score.

/// A note with its place counted in quarter notes, as a Standard MIDI File writes it down.
public struct ScoreNote: Hashable, Sendable {
  /// Quarter notes from the start of the piece to the attack.
  public var onset: Double
  /// Quarter notes from the attack to the release.
  public var duration: Double
  /// MIDI note number, 0…127; 60 is middle C.
  public var pitch: Int
  /// MIDI velocity, 1…127.
  public var velocity: Int
  /// MIDI channel, 0…15.
  public var channel: Int
  /// The number of the track, from 0.
  public var track: Int

  /// A note of `duration` quarters that starts `onset` quarters into the piece.
  public init(onset: Double, duration: Double, pitch: Int, velocity: Int = 80, channel: Int = 0, track: Int = 0) {
    self.onset = onset
    self.duration = duration
    self.pitch = pitch
    self.velocity = velocity
    self.channel = channel
    self.track = track
  }

  /// Quarter notes from the start of the piece to the release.
  public var end: Double { onset + duration }
}
