// How the daemon fares: the reply to `status` and what `antiphon status --json` prints.

/// The daemon's state in numbers; every counter runs since the daemon's start.
public struct Status: Codable, Equatable, Sendable {
  /// The daemon's version.
  public var version: String
  /// The protocol's version.
  public var `protocol` = ControlProtocol.version
  /// Seconds since the start.
  public var uptime: Double
  /// The audio side.
  public var audio: Audio
  /// The ear.
  public var analysis: Analysis
  /// The classifier.
  public var model: Model
  /// How the dialogue stands; nil from a daemon that only listens.
  public var dialogue: DialogueSummary?
  /// The synthesizer; nil from a daemon that only listens.
  public var voice: Voice?
  /// The MIDI connections; nil from a daemon that only listens.
  public var midi: MIDI?
  /// The recorder; nil from a daemon that keeps nothing.
  public var recording: RecordingSummary?
  /// The OSC server; nil while OSC is off.
  public var osc: OSC?
  /// The configuration file; nil from a daemon without one.
  public var configuration: Configuration?
  /// Clients on the control socket, the asking one included.
  public var clients: Int
  /// What a person should know or do; empty when all is well.
  public var warnings: [String]

  /// Makes a status; numbers are rounded as far as they mean something.
  public init(
    version: String, uptime: Double, audio: Audio, analysis: Analysis, model: Model,
    dialogue: DialogueSummary? = nil, voice: Voice? = nil, midi: MIDI? = nil, clients: Int, warnings: [String]
  ) {
    self.version = version
    self.uptime = uptime.rounded(decimals: 1)
    self.audio = audio
    self.analysis = analysis
    self.model = model
    self.dialogue = dialogue
    self.voice = voice
    self.midi = midi
    self.clients = clients
    self.warnings = warnings
  }

  /// The audio side: server, connections and what went wrong there.
  public struct Audio: Codable, Equatable, Sendable {
    /// State, rate, period, connections.
    public var input: InputSummary
    /// The name that the audio server gave this client.
    public var client: String?
    /// Overruns that the server reported.
    public var xruns: Int
    /// Frames lost because the ear was too slow.
    public var droppedFrames: Int
    /// Times that the ear had to start afresh because frames were missing.
    public var gaps: Int
    /// Times that the connection to the server was made again.
    public var restarts: Int
    /// Time spent in the audio callback: the median, in microseconds, at most an eighth off; 0 before the first one.
    public var callbackMedianMicroseconds: Double
    /// Time spent in the audio callback: the mean, in microseconds.
    public var callbackMeanMicroseconds: Double
    /// Time spent in the audio callback: the longest, in microseconds.
    public var callbackWorstMicroseconds: Double
    /// Whether the audio thread has real-time priority; nil while there is none.
    public var realtime: Bool?

    /// Makes the audio side's part; without more it says that nothing happened yet.
    public init(
      input: InputSummary, client: String? = nil, xruns: Int = 0, droppedFrames: Int = 0, gaps: Int = 0,
      restarts: Int = 0, callbackMedianMicroseconds: Double = 0, callbackMeanMicroseconds: Double = 0,
      callbackWorstMicroseconds: Double = 0, realtime: Bool? = nil
    ) {
      self.input = input
      self.client = client
      self.xruns = xruns
      self.droppedFrames = droppedFrames
      self.gaps = gaps
      self.restarts = restarts
      self.callbackMedianMicroseconds = callbackMedianMicroseconds.rounded(decimals: 2)
      self.callbackMeanMicroseconds = callbackMeanMicroseconds.rounded(decimals: 2)
      self.callbackWorstMicroseconds = callbackWorstMicroseconds.rounded(decimals: 2)
      self.realtime = realtime
    }
  }

  /// The ear thread.
  public struct Analysis: Codable, Equatable, Sendable {
    /// Share of one core that the ear used lately, 0...1.
    public var load: Double
    /// Readouts made.
    public var readouts: Int
    /// Times that the analysis was planned anew for another sample rate.
    public var rebuilds: Int
    /// How many answers the detector chooses from: all, or 24.
    public var classes: String

    /// Makes the ear's part.
    public init(load: Double, readouts: Int, rebuilds: Int, classes: String) {
      self.load = load.rounded(decimals: 5)
      self.readouts = readouts
      self.rebuilds = rebuilds
      self.classes = classes
    }
  }

  /// The classifier's file.
  public struct Model: Codable, Equatable, Sendable {
    /// The file's name without its extension.
    public var name: String
    /// Where it was found.
    public var path: String

    /// Names a model.
    public init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }
}
