// What the command line says about the daemon.

public import AudioIO
public import Improviser
public import Logging
public import MIDIIO
public import ScaleDetector

/// Options that go before the configuration file; nil means that the option was not given.
public struct DaemonOptions: Sendable, Equatable {
  /// The configuration file to read instead of the user's.
  public var file: String?
  /// Where the control socket is to stand.
  public var socket: String?
  /// The JACK server.
  public var server: String?
  /// The name on the server and on the sequencer.
  public var name: String?
  /// Whether to wait rather than run under a changed name.
  public var exactName: Bool?
  /// What is listened to.
  public var connect: ConnectPolicy?
  /// Where the voice is played.
  public var playback: PlaybackPolicy?
  /// Which keyboards are connected.
  public var keyboards: AutoConnect?
  /// The SoundFont.
  public var soundFont: String?
  /// Whether the synthesizer runs a period ahead.
  public var isAhead: Bool?
  /// Whether the player's own notes sound.
  public var thru: Bool?
  /// The style to begin with.
  public var style: String?
  /// What is done with what is played.
  public var mode: AnswerMode?
  /// What the drawing of notes begins with.
  public var seed: UInt64?
  /// The model of scales.
  public var scaleModel: String?
  /// The model of notes.
  public var noteModel: String?
  /// The model of patterns.
  public var thesaurusModel: String?
  /// The answers that the detector chooses from.
  public var classes: ScaleClasses?
  /// What is less important is not logged.
  public var logLevel: Logger.Level?

  /// No options.
  public init() {}

  /// A configuration with the options in place of what it says; `$ANTIPHON_SOUNDFONT` stands between the two.
  ///
  /// - Parameter environment: the process's variables.
  public func applied(to configuration: Configuration, environment: [String: String]) -> Configuration {
    var result = configuration
    func take<Value>(_ value: Value?, _ place: WritableKeyPath<Configuration, Value>) {
      if let value { result[keyPath: place] = value }
    }
    func take<Value>(_ value: Value?, _ place: WritableKeyPath<Configuration, Value?>) {
      if let value { result[keyPath: place] = value }
    }
    take(server, \.audio.server)
    take(name, \.audio.name)
    take(exactName, \.audio.exactName)
    take(connect, \.audio.connect)
    take(playback, \.audio.playback)
    take(keyboards, \.keyboards)
    take(environment["ANTIPHON_SOUNDFONT"].flatMap { $0.isEmpty ? nil : $0 }, \.sound.soundFont)
    take(soundFont, \.sound.soundFont)
    take(isAhead.map { $0 ? .ahead : .inCallback }, \.sound.rendering)
    take(thru.map { $0 ? 1 : 0 }, \.answer.values["thru"])
    take(style, \.answer.style)
    take(mode, \.answer.mode)
    take(seed, \.answer.seed)
    take(scaleModel, \.models.scales)
    take(noteModel, \.models.notes)
    take(thesaurusModel, \.models.thesaurus)
    take(classes, \.classes)
    take(logLevel, \.logLevel)
    return result
  }
}
