// The parts of the status that belong to the answering side.

extension Status {
  /// The synthesizer.
  public struct Voice: Codable, Equatable, Sendable {
    /// The SoundFont's path; nil when none is played.
    public var soundFont: String?
    /// Whether notes can be heard: the SoundFont is loaded, and the audio server runs.
    public var isReady: Bool
    /// What the outputs are connected to, such as `system:playback_1`.
    public var connections: [String]
    /// Events lost because the queue to the audio thread was full.
    public var dropped: Int
    /// Events that came after their frame had been played.
    public var late: Int
    /// Notes that JACK's `midi_out` has begun and not ended; an older daemon does not tell.
    public var held: Int?

    /// Makes the synthesizer's part.
    public init(
      soundFont: String?, isReady: Bool = false, connections: [String] = [], dropped: Int = 0, late: Int = 0,
      held: Int? = nil
    ) {
      self.soundFont = soundFont
      self.isReady = isReady
      self.connections = connections
      self.dropped = dropped
      self.late = late
      self.held = held
    }
  }

  /// The MIDI connections.
  public struct MIDI: Codable, Equatable, Sendable {
    /// The name on the ALSA sequencer; nil when there is no sequencer.
    public var client: String?
    /// Times that the sequencer threw messages away; what was held then was released.
    public var overruns: Int
    /// The note model's file.
    public var model: String
    /// Whether the thread that answers has real-time priority.
    public var realtime: Bool
    /// Share of one core that the thread used lately, 0...1.
    public var load: Double

    /// Makes the MIDI part; the load is made finite.
    public init(client: String?, overruns: Int = 0, model: String, realtime: Bool, load: Double = 0) {
      self.client = client
      self.overruns = overruns
      self.model = model
      self.realtime = realtime
      self.load = load.rounded(decimals: 5)
    }
  }
}
