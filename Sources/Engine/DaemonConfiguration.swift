// What the user can set about the daemon.

public import AudioIO
public import Foundation
public import ScaleDetector

/// Settings of a `Daemon`.
public struct DaemonConfiguration: Sendable {
  /// The audio client.
  public var jack: JackConfiguration
  /// Where the control socket stands.
  public var socket: String
  /// The classifier's file.
  public var model: URL
  /// The answers to choose from.
  public var classes: ScaleClasses

  /// The answering side.
  public var answering: AnsweringConfiguration
  /// The OSC server.
  public var osc = OSCConfiguration()
  /// The recorder.
  public var recording = RecordingConfiguration()

  /// Collects the settings.
  public init(
    jack: JackConfiguration, socket: String, model: URL, classes: ScaleClasses = .all, answering: AnsweringConfiguration
  ) {
    self.jack = jack
    self.socket = socket
    self.model = model
    self.classes = classes
    self.answering = answering
  }
}
