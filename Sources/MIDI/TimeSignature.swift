// The meter of a score.

/// A time signature from a position on.
public struct TimeSignature: Hashable, Sendable {
  /// The position in quarter notes from the start.
  public var quarters: Double
  /// The beats of a bar, 1…255.
  public var beats: Int
  /// The note value of a beat: 1, 2, 4, 8, 16, 32 or 64.
  public var beatUnit: Int

  /// `beats` beats of a `beatUnit`-th note a bar, from `quarters` on.
  public init(quarters: Double = 0, beats: Int, beatUnit: Int) {
    self.quarters = quarters
    self.beats = beats
    self.beatUnit = beatUnit
  }

  /// The length of a bar in quarter notes.
  public var quartersPerBar: Double { Double(beats) * 4 / Double(max(beatUnit, 1)) }
}
