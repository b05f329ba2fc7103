// How the sequencer client presents itself and what it connects.

/// Settings of a `SequencerClient`.
public struct SequencerConfiguration: Hashable, Sendable {
  /// The name other programs see.
  public var clientName: String
  /// What is connected by itself.
  public var autoConnect: AutoConnect

  /// A client called `clientName`.
  public init(clientName: String = "antiphon", autoConnect: AutoConnect = .all) {
    self.clientName = clientName
    self.autoConnect = autoConnect
  }
}
