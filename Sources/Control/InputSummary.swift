// Where the sound comes from, in the few fields that every readout carries.

/// The state of the audio input.
public struct InputSummary: Codable, Equatable, Sendable {
  /// `absent` (no server), `open`, `active` (cycles run) or `lost`; newer servers may add some.
  public var state: String
  /// Samples a second; nil while there is no server.
  public var sampleRate: Int?
  /// Frames of a cycle; nil while there is no server.
  public var period: Int?
  /// What feeds the input, such as `system:capture_1`.
  public var connections: [String]
  /// One sentence for the person when no sound can arrive: what is missing and what to do.
  public var message: String?

  /// Makes a summary; what is left out is not known or not there.
  public init(
    state: String, sampleRate: Int? = nil, period: Int? = nil, connections: [String] = [], message: String? = nil
  ) {
    self.state = state
    self.sampleRate = sampleRate
    self.period = period
    self.connections = connections
    self.message = message
  }
}
