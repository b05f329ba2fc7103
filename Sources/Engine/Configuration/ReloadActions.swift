// Who obeys when the configuration is read again.

public import AudioIO
public import Logging
public import MIDIIO

/// What a running daemon can change at once. A part that is missing is changed by a restart.
///
/// Each action is called on the thread that asked for the reading, one at a time. One that throws leaves its part as it
/// was; it is called again at the next reading.
public struct ReloadActions: Sendable {
  /// Takes over the keys of the answer, by name, whose values have changed.
  var answer: (@Sendable (Set<String>, Configuration) throws -> Void)?
  /// Takes over the controllers.
  var controllers: (@Sendable ([Int: String]) throws -> Void)?
  /// Takes over which keyboards are connected.
  public var keyboards: (@Sendable (AutoConnect) throws -> Void)?
  /// Takes over what is listened to and where it is played.
  public var wiring: (@Sendable (ConnectPolicy, PlaybackPolicy) throws -> Void)?
  /// Starts, changes or ends OSC.
  public var osc: (@Sendable (OSCConfiguration) throws -> Void)?
  /// Starts, changes or ends recording.
  public var record: (@Sendable (RecordingConfiguration) throws -> Void)?
  /// Takes over the level of the log.
  public var log: (@Sendable (Logger.Level) throws -> Void)?

  /// Nothing can be changed.
  public init() {}

  /// What the desk can change: the answers and the controllers. The other parts are added by their owner.
  public init(desk: Desk, styles: StyleStore = StyleStore()) {
    answer = { changed, configuration in try desk.take(changed, from: configuration, styles) }
    controllers = { written in
      desk.change { contents in
        contents.controllers.use(written, insteadOf: contents.written)
        contents.written = written
      }
    }
  }

  /// The part's action, if it can be changed at once.
  func action(for part: ConfigurationKey.Part, _ changed: Set<String>, _ new: Configuration) -> (() throws -> Void)? {
    switch part {
    case .answer: answer.map { action in { try action(changed, new) } }
    case .controllers: controllers.map { action in { try action(new.controllers) } }
    case .keyboards: keyboards.map { action in { try action(new.keyboards) } }
    case .wiring: wiring.map { action in { try action(new.audio.connect, new.audio.playback) } }
    case .osc: osc.map { action in { try action(new.osc) } }
    case .record: record.map { action in { try action(new.record) } }
    case .log: log.map { action in { try action(new.logLevel) } }
    case .start: nil
    }
  }
}
