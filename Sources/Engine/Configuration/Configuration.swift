// What a user may set once and for all, as the configuration file and the command line say it.

public import AudioIO
public import Improviser
public import Logging
public import MIDIIO
public import ScaleDetector
public import Synth

/// Everything that can be set about the daemon, with its defaults. A value; `ConfigurationKey.all` is the table of its
/// names in the file.
public struct Configuration: Sendable, Equatable {
  /// The JACK client.
  public struct Audio: Sendable, Equatable {
    /// The JACK server; nil means `$JACK_DEFAULT_SERVER`, else the default one.
    public var server: String?
    /// The name to have on the server and on the sequencer.
    public var name = "antiphon"
    /// Whether to wait rather than run under a name that the server has changed.
    public var exactName = false
    /// What is listened to.
    public var connect = ConnectPolicy.firstCapture
    /// Where the voice is played.
    public var playback = PlaybackPolicy.firstPair
  }

  /// The synthesizer.
  public struct Sound: Sendable, Equatable {
    /// The SoundFont's path; nil means that one is looked for.
    public var soundFont: String?
    /// Where it is rendered.
    public var rendering = SynthRendering.inCallback
  }

  /// The answers.
  public struct Answer: Sendable, Equatable {
    /// The style to begin with.
    public var style = Style.standard.name
    /// nil leaves it to the style.
    public var mode: AnswerMode?
    /// nil leaves it to the style.
    public var scale: ScaleRule?
    /// What the drawing of notes begins with; nil means something else each time.
    public var seed: UInt64?
    /// Numbers of `AnswerSettings` by name; they go before the style's.
    public var values: [String: Double] = [:]
  }

  /// Trained models.
  public struct Models: Sendable, Equatable {
    /// The classifier's file; nil means the shipped one.
    public var scales: String?
    /// The note model's file; nil means the shipped one.
    public var notes: String?
    /// The autoencoder's file; nil means the shipped one.
    public var thesaurus: String?
  }

  /// The JACK client.
  public var audio = Audio()
  /// Which keyboards are connected.
  public var keyboards = AutoConnect.all
  /// The synthesizer.
  public var sound = Sound()
  /// The answers.
  public var answer = Answer()
  /// The answers that the detector chooses from.
  public var classes = ScaleClasses.all
  /// Trained models.
  public var models = Models()
  /// From MIDI controllers to what they change, written by hand.
  public var controllers: [Int: String] = [:]
  /// The OSC server.
  public var osc = OSCConfiguration()
  /// The recorder.
  public var record = RecordingConfiguration()
  /// What is less important is not logged.
  public var logLevel = Logger.Level.info

  /// The defaults.
  public init() {}

  /// The settings of the answer to begin with: the style's, then those that are named here.
  public func settings(_ style: Style) throws(SettingError) -> AnswerSettings {
    var settings = try style.applied(to: AnswerSettings())
    if let mode = answer.mode { settings.mode = mode }
    if let scale = answer.scale { settings.scaleRule = scale }
    for (name, value) in answer.values.sorted(by: { $0.key < $1.key }) { try settings.set(name: name, value: value) }
    return settings
  }
}
