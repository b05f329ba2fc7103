// What the audio client reports about itself.

/// Where the connection to the audio server stands.
public enum AudioState: String, Codable, Sendable {
  /// No server; trying again.
  case absent
  /// Registered with a server that has not run a cycle for us yet.
  case open
  /// Audio arrives.
  case active
  /// The server died or dropped us; cleaning up before the next try.
  case lost
}

/// A snapshot of the audio client; counters and durations run over the whole life of the `JackClient`, whichever
/// servers it has seen.
public struct AudioStatus: Codable, Sendable, Equatable {
  /// Where the connection to the server stands.
  public var state: AudioState = .absent
  /// The name that the server gave us.
  public var clientName: String
  /// The server's name; "default" when none was asked for.
  public var serverName: String
  /// Hertz; 0 before the first server.
  public var sampleRate = 0
  /// Frames a cycle; 0 before the first server.
  public var period = 0
  /// Sources wired to the input, full port names. Empty while active means "no input".
  public var connections: [String] = []
  /// Cycles that the server reported as missed.
  public var xruns = 0
  /// Frames that the analysis was too slow to take.
  public var drops = 0
  /// Places at which frames are missing: drops, xruns, oversized cycles.
  public var gaps = 0
  /// Cycles longer than the largest accepted period, heard as a gap.
  public var oversize = 0
  /// Process cycles.
  public var cycles = 0
  /// Times that the server was found again after it was lost, since the last `start`.
  public var restarts = 0
  /// Median process callback, in microseconds, at most an eighth off; 0 before the first cycle, like the next two.
  public var callbackMedian = 0.0
  /// Mean process callback, in microseconds.
  public var callbackMean = 0.0
  /// Longest process callback, in microseconds.
  public var callbackWorst = 0.0
  /// Delay from the socket to the input port as the server declares it, in frames.
  public var inputLatency = 0
  /// Whether the audio thread has real-time scheduling; nil while there is none.
  public var isRealtime: Bool?
  /// Whether the server runs with real-time scheduling and the system refused it to the audio thread.
  public var isRealtimeRefused = false
  /// True while the server runs as fast as it can.
  public var isFreewheeling = false
  /// What is wrong now, one sentence each, with the remedy; what keeps the sound away stands first.
  public var warnings: [String] = []
  /// The one of `warnings` that says why no sound can arrive.
  public var obstacle: String?
  /// The voice and the MIDI ports.
  public var voice = VoiceStatus()

  /// True when audio can arrive.
  public var hasInput: Bool { state == .active && !connections.isEmpty }

  /// The state before anything was tried.
  public init(clientName: String, serverName: String) {
    self.clientName = clientName
    self.serverName = serverName
  }
}
