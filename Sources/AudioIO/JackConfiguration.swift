// What the user can set about the JACK client.
public import Synth

/// How the input port finds its source.
public enum ConnectPolicy: Sendable, Equatable {
  /// The first physical capture port.
  case firstCapture
  /// Every port whose full name ("client:port") contains the text or matches it as a regular expression.
  case matching(String)
  /// Leave the wiring to the user.
  case none
}

/// How the output ports find their loudspeakers.
public enum PlaybackPolicy: Sendable, Equatable {
  /// The first two physical playback ports; both to one where there is only one.
  case firstPair
  /// The first two ports whose full name contains the text or matches it as a regular expression.
  case matching(String)
  /// Leave the wiring to the user.
  case none
}

/// Settings of a `JackClient`.
public struct JackConfiguration: Sendable, Equatable {
  /// Name asked for; the server may change it unless `exactName`.
  public let clientName: String
  /// Server to connect to; nil means `$JACK_DEFAULT_SERVER` or "default".
  public let serverName: String?
  /// Keep waiting, with a warning, rather than run under a changed name.
  public let exactName: Bool
  /// How the input port finds its source.
  public let connect: ConnectPolicy
  /// How the output ports find their loudspeakers.
  public let playback: PlaybackPolicy
  /// How the voice sounds.
  public let synth: SynthConfiguration

  /// - Throws: `AudioError` when a name or pattern cannot work on any server.
  public init(
    clientName: String = "antiphon", serverName: String? = nil, exactName: Bool = false,
    connect: ConnectPolicy = .firstCapture, playback: PlaybackPolicy = .firstPair,
    synth: SynthConfiguration = SynthConfiguration()
  ) throws(AudioError) {
    guard !clientName.isEmpty, clientName.utf8.count <= Self.longestName, !clientName.contains(":") else {
      throw .badName(clientName)
    }
    if let serverName, serverName.isEmpty || serverName.contains("/") { throw .badServerName(serverName) }
    if case .matching("") = connect { throw .emptyPattern }
    if case .matching("") = playback { throw .emptyPlaybackPattern }
    self.clientName = clientName
    self.serverName = serverName
    self.exactName = exactName
    self.connect = connect
    self.playback = playback
    self.synth = synth
  }

  /// JACK's client names hold 64 bytes with the final zero, and the server may append "-01".
  static let longestName = 60
}

/// A setting that cannot work.
public enum AudioError: Error, Equatable, CustomStringConvertible {
  case badName(String)
  case badServerName(String)
  case emptyPattern
  case emptyPlaybackPattern

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .badName(let name):
      "The JACK client name “\(name)” cannot be used: take 1 to \(JackConfiguration.longestName) bytes without a colon."
    case .badServerName(let name):
      "The JACK server name “\(name)” cannot be used: take the name given to jackd -n, "
        + "or leave it out for the default server."
    case .emptyPattern:
      "The connect pattern is empty and would match every port: give a part of a port's name "
        + "(jack_lsp lists them), or --no-connect."
    case .emptyPlaybackPattern:
      "The playback pattern is empty and would match every port: give a part of a port's name "
        + "(jack_lsp lists them), or switch the connection off."
    }
  }
}
