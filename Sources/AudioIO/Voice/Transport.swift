// Where JACK's transport stands.

/// The transport in the last cycle.
public struct Transport: BitwiseCopyable, Sendable, Equatable {
  /// True while it runs.
  public var isRolling = false
  /// Musical time; nil when there is no timebase master that gives it.
  public var position: Position?

  /// Musical time as a timebase master counts it.
  public struct Position: BitwiseCopyable, Sendable, Equatable {
    /// From 1.
    public var bar: Int
    /// Beat of the bar, from 1.
    public var beat: Int
    /// Part of the beat that has passed, 0…1.
    public var phase: Double
    /// Beats of a bar.
    public var beatsPerBar: Double
    /// Beats a minute.
    public var tempo: Double

    /// - Parameters: see the properties.
    @_noLocks public init(bar: Int, beat: Int, phase: Double, beatsPerBar: Double, tempo: Double) {
      self.bar = bar
      self.beat = beat
      self.phase = phase
      self.beatsPerBar = beatsPerBar
      self.tempo = tempo
    }
  }

  /// - Parameters: see the properties.
  @_noLocks public init(isRolling: Bool = false, position: Position? = nil) {
    self.isRolling = isRolling
    self.position = position
  }
}
