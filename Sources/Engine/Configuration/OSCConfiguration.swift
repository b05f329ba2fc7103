// What a user may set about OSC.

/// Settings of the OSC server.
public struct OSCConfiguration: Sendable, Equatable {
  /// Whether it runs.
  public var isOn = false
  /// The address it is bound to; 127.0.0.1 can be reached from this machine alone.
  public var address = "127.0.0.1"
  /// The UDP port.
  public var port = 9876
  /// Who receives everything without asking, as "host:port".
  public var receivers: [String] = []

  /// The defaults: off.
  public init() {}
}
