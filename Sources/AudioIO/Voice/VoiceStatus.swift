// What the voice reports about itself.

/// A snapshot of the voice; counters run over the whole life of the `JackClient`.
public struct VoiceStatus: Codable, Sendable, Equatable {
  /// Name of the SoundFont's file; nil while none is loaded.
  public var soundFont: String?
  /// True when notes can be heard: a SoundFont is loaded at the server's rate.
  public var isReady = false
  /// Voices of the synthesizer that sound now, tails included.
  public var soundingVoices = 0
  /// Notes of the answer that receivers of the MIDI output hold now.
  public var heldNotes = 0
  /// Events that found no room or no server; a release among them silenced its part instead.
  public var droppedEvents = 0
  /// Events that came after the frame at which they were due.
  public var lateEvents = 0
  /// Periods in which the synthesizer that renders ahead was late.
  public var underruns = 0
  /// MIDI messages received that were longer than three bytes.
  public var longMessages = 0
  /// MIDI messages received that nobody read in time.
  public var droppedMessages = 0
  /// MIDI messages that the output port had no room for.
  public var droppedOutput = 0
  /// Delay from the output ports to the socket as the server declares it, in frames; a period of rendering ahead
  /// included.
  public var latency = 0
  /// Ports wired to `out_left` and `out_right`.
  public var outputs: [String] = []
  /// Ports wired to `midi_in`.
  public var midiSources: [String] = []
  /// Ports wired to `midi_out`.
  public var midiDestinations: [String] = []
  /// Why nothing is heard, one sentence with the remedy.
  public var problem: String?

  public init() {}
}
