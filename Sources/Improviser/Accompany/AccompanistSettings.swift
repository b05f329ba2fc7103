// The knobs of the accompaniment.

/// What a player can set about the accompaniment; values outside their range count as the nearest inside.
public struct AccompanistSettings: Hashable, Sendable {
  /// Loudness compared with the player's, 0...2; 0 is silence.
  public var velocity = 1.0
  /// Whether chords and bass are played.
  public var chords = true
  public var bass = true
  /// Beats from a bar line to the next, 1...16.
  public var beatsPerBar = 4

  /// Chords and bass at the player's loudness, four beats a bar.
  public init() {}
}
