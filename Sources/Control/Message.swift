// What the daemon sends: replies and events, one JSON object a line, told apart by its "type".

/// A line from the server to a client.
public enum Message: Equatable, Sendable {
  /// Who answers; the first line of each connection, and the reply to `version`.
  case hello(Hello)
  /// The reply to `ping`.
  case pong
  /// The reply to `watch`; readouts follow.
  case watching
  /// The reply to `status`.
  case status(Status)
  /// An event: what is heard now. A slow reader gets the latest one only.
  case readout(Readout)
  /// An event: a sentence for the person, such as "antiphond is stopping".
  case notice(String)
  /// The reply to `settings`, `set`, `style`, `mode` and `scale`.
  case settings(SettingsList)
  /// The reply to `styles`.
  case styles(StyleList)
  /// The reply to a command that has nothing else to say: what was done, as a sentence.
  case done(String)
  /// An event: a setting has found its controller.
  case learned(Learned)
  /// An event: settings were changed, by whatever way.
  case changed(SettingsList)
  /// An event for those who watch notes: notes that began or ended, in the order of their times.
  case notes([NoteNews])
  /// An event for those who watch notes: a turn of the dialogue.
  case phrase(PhraseNews)
  /// The reply to `record`.
  case recording(RecordingSummary)
  /// The reply to a line that could not be obeyed.
  case failure(Failure)
  /// A type that this version doesn't know: to be skipped.
  case unknown(type: String)
}

extension Message {
  /// Whether it comes without having been asked for just now.
  public var isEvent: Bool {
    switch self {
    case .readout, .notice, .learned, .changed, .notes, .phrase, .unknown: true
    default: false
    }
  }

  /// Whether only those get it who watch notes.
  var isForNoteWatchers: Bool {
    switch self {
    case .notes, .phrase: true
    default: false
    }
  }
}

/// Who answers on the socket.
public struct Hello: Codable, Equatable, Sendable {
  /// The protocol's version.
  public var `protocol`: Int
  /// The program, `antiphond`.
  public var server: String
  /// The program's version.
  public var version: String

  /// Names who answers; the protocol is always this library's.
  public init(server: String = "antiphond", version: String) {
    self.protocol = ControlProtocol.version
    self.server = server
    self.version = version
  }
}

extension Message: Codable {
  private enum Key: String, CodingKey {
    case type, status, readout, message, settings, styles, learned, notes, phrase, recording
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let type = try fields.decode(String.self, forKey: .type)
    switch type {
    case "hello": self = .hello(try Hello(from: decoder))
    case "pong": self = .pong
    case "watching": self = .watching
    case "status": self = .status(try fields.decode(Status.self, forKey: .status))
    case "readout": self = .readout(try fields.decode(Readout.self, forKey: .readout))
    case "notice": self = .notice(try fields.decode(String.self, forKey: .message))
    case "settings": self = .settings(try fields.decode(SettingsList.self, forKey: .settings))
    case "styles": self = .styles(try fields.decode(StyleList.self, forKey: .styles))
    case "done": self = .done(try fields.decode(String.self, forKey: .message))
    case "learned": self = .learned(try fields.decode(Learned.self, forKey: .learned))
    case "changed": self = .changed(try fields.decode(SettingsList.self, forKey: .settings))
    case "notes": self = .notes(try fields.decode([NoteNews].self, forKey: .notes))
    case "phrase": self = .phrase(try fields.decode(PhraseNews.self, forKey: .phrase))
    case "recording": self = .recording(try fields.decode(RecordingSummary.self, forKey: .recording))
    case "error": self = .failure(try Failure(from: decoder))
    default: self = .unknown(type: type)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    switch self {
    case .hello(let hello):
      try fields.encode("hello", forKey: .type)
      try hello.encode(to: encoder)
    case .pong:
      try fields.encode("pong", forKey: .type)
    case .watching:
      try fields.encode("watching", forKey: .type)
    case .status(let status):
      try fields.encode("status", forKey: .type)
      try fields.encode(status, forKey: .status)
    case .readout(let readout):
      try fields.encode("readout", forKey: .type)
      try fields.encode(readout, forKey: .readout)
    case .notice(let message):
      try fields.encode("notice", forKey: .type)
      try fields.encode(message, forKey: .message)
    case .settings(let settings):
      try fields.encode("settings", forKey: .type)
      try fields.encode(settings, forKey: .settings)
    case .styles(let styles):
      try fields.encode("styles", forKey: .type)
      try fields.encode(styles, forKey: .styles)
    case .done(let message):
      try fields.encode("done", forKey: .type)
      try fields.encode(message, forKey: .message)
    case .learned(let learned):
      try fields.encode("learned", forKey: .type)
      try fields.encode(learned, forKey: .learned)
    case .changed(let settings):
      try fields.encode("changed", forKey: .type)
      try fields.encode(settings, forKey: .settings)
    case .notes(let notes):
      try fields.encode("notes", forKey: .type)
      try fields.encode(notes, forKey: .notes)
    case .phrase(let phrase):
      try fields.encode("phrase", forKey: .type)
      try fields.encode(phrase, forKey: .phrase)
    case .recording(let recording):
      try fields.encode("recording", forKey: .type)
      try fields.encode(recording, forKey: .recording)
    case .failure(let failure):
      try fields.encode("error", forKey: .type)
      try failure.encode(to: encoder)
    case .unknown(let type):
      try fields.encode(type, forKey: .type)
    }
  }
}
