// What the user can set about the daemon.

public import AudioIO
public import Foundation
public import ScaleDetector

/// Settings of a `Daemon`.
public struct DaemonConfiguration: Sendable {
  /// The audio input.
  public var jack: JackConfiguration
  /// Where the control socket stands.
  public var socket: String
  /// The classifier's file.
  public var model: URL
  /// The answers to choose from.
  public var classes: ScaleClasses

  /// Collects the settings.
  public init(jack: JackConfiguration, socket: String, model: URL, classes: ScaleClasses = .all) {
    self.jack = jack
    self.socket = socket
    self.model = model
    self.classes = classes
  }
}
