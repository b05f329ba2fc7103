// One note of a performance.

/// A sounding note with its place in time.
public struct Note: Hashable, Sendable, Codable {
  /// MIDI note number, 0…127; 60 is middle C.
  public var pitch: Int
  /// MIDI velocity, 1…127.
  public var velocity: Int
  /// Seconds from the start of the piece to the attack.
  public var onset: Double
  /// Seconds from the attack to the release.
  public var duration: Double
  /// MIDI channel, 0…15.
  public var channel: Int

  /// A note of `duration` seconds that starts `onset` seconds into the piece.
  public init(pitch: Int, velocity: Int = 80, onset: Double, duration: Double, channel: Int = 0) {
    self.pitch = pitch
    self.velocity = velocity
    self.onset = onset
    self.duration = duration
    self.channel = channel
  }

  /// Seconds from the start of the piece to the release.
  public var end: Double { onset + duration }

  /// The pitch without its octave.
  public var pitchClass: PitchClass { PitchClass(wrapping: pitch) }
}
