// What a client asks of the daemon: one JSON object a line, told apart by its "command".

/// A command of the control protocol.
///
/// On the wire: `{"command":"set","name":"temperature","value":1.2}`. A client may add `"protocol":1`; a version above
/// the server's is refused.
public enum Request: Equatable, Sendable {
  /// Asks for every readout from now on, and with `notes` for every note and phrase as well.
  case watch(notes: Bool = false)
  /// Asks for one `Status`.
  case status
  /// Asks which program and protocol answer.
  case version
  /// Asks for a sign of life.
  case ping
  /// Asks for all settings.
  case settings
  /// Changes one setting to a number or a word ("1.2", "on", "accompany"). The next note obeys.
  case set(name: String, value: String)
  /// Asks for the styles that there are.
  case styles
  /// Takes over the settings of a style.
  case style(name: String)
  /// Chooses what is answered: `answer`, `accompany` or `listen`.
  case mode(String)
  /// Chooses the notes that an answer may take: `follow`, `off`, `lock` with a scale such as "D dorian" or a pattern
  /// such as "D thesaurus:tritone/interpolation/1:3", or `morph` with two patterns.
  case scale(rule: String, scale: String?)
  /// Lets a setting follow a MIDI controller: the given one, else the next that is moved.
  case learn(name: String, controller: Int?)
  /// Lets no controller change a setting any more; without a name, none at all.
  case forget(name: String?)
  /// Silences everything that sounds.
  case panic
  /// Hands over to the daemon now, without waiting for the end of the phrase.
  case answer
  /// Reads the configuration file again.
  case reload
  /// Turns recording on or off, or asks how it stands.
  case record(RecordOrder)

  /// The names of the commands on the wire.
  public enum Command: String, CaseIterable, Sendable {
    case ping, version, status, watch, settings, set, styles, style, mode, scale, learn, forget, panic, answer, reload
    case record
    /// Another name of `settings`.
    case get
  }

  /// The name on the wire.
  public var command: Command {
    switch self {
    case .watch: .watch
    case .status: .status
    case .version: .version
    case .ping: .ping
    case .settings: .settings
    case .set: .set
    case .styles: .styles
    case .style: .style
    case .mode: .mode
    case .scale: .scale
    case .learn: .learn
    case .forget: .forget
    case .panic: .panic
    case .answer: .answer
    case .reload: .reload
    case .record: .record
    }
  }
}
