// Requests as lines of JSON.

extension Request: Codable {
  private enum Key: String, CodingKey {
    case command, `protocol`, name, value, mode, rule, scale, controller, notes, state, audio
  }

  /// Reads `{"command":…}`; throws a `Failure` that names what is wrong and what would be right.
  public init(from decoder: any Decoder) throws {
    guard let fields = try? decoder.container(keyedBy: Key.self), fields.contains(.command),
      let name = try? fields.decode(String.self, forKey: .command)
    else {
      throw Failure(.malformed, "The line has no \"command\"; send for example {\"command\":\"status\"}.")
    }
    try Self.checkProtocol(fields)
    guard let command = Command(rawValue: name) else {
      let known = Command.allCases.map(\.rawValue)
      throw Failure(
        .unknownCommand,
        "There is no command \"\(name.prefix(40))\"; this server knows \(known.joined(separator: ", ")).")
    }
    self = try Self.request(command, fields)
  }

  private static func checkProtocol(_ fields: KeyedDecodingContainer<Key>) throws {
    guard fields.contains(.protocol) else { return }
    guard let asked = try? fields.decode(Int.self, forKey: .protocol) else {
      throw Failure(.malformed, "\"protocol\" is not a whole number; this server speaks \(ControlProtocol.version).")
    }
    guard asked <= ControlProtocol.version else {
      throw Failure(
        .unsupportedProtocol,
        "Protocol \(asked) is newer than this server's \(ControlProtocol.version); update and restart antiphond.")
    }
  }

  private static func request(_ command: Command, _ fields: KeyedDecodingContainer<Key>) throws -> Request {
    switch command {
    case .watch: return .watch(notes: try flag(.notes, fields))
    case .status: return .status
    case .version: return .version
    case .ping: return .ping
    case .settings, .get: return .settings
    case .set: return .set(name: try text(.name, of: command, fields), value: try value(fields))
    case .styles: return .styles
    case .style: return .style(name: try text(.name, of: command, fields))
    case .mode: return .mode(try text(.mode, of: command, fields))
    case .scale: return .scale(rule: try text(.rule, of: command, fields), scale: try optional(.scale, fields))
    case .learn: return .learn(name: try text(.name, of: command, fields), controller: try controller(fields))
    case .forget: return .forget(name: try optional(.name, fields))
    case .panic: return .panic
    case .answer: return .answer
    case .reload: return .reload
    case .record: return .record(try recordOrder(fields))
    }
  }

  private static func text(_ key: Key, of command: Command, _ fields: KeyedDecodingContainer<Key>) throws -> String {
    guard let text = try? fields.decode(String.self, forKey: key), !text.isEmpty else {
      let word = command.rawValue
      let example = "{\"command\":\"\(word)\",\"\(key.rawValue)\":\"…\"}"
      throw Failure(.malformed, "\"\(word)\" wants a \"\(key.rawValue)\" in quotation marks; send \(example).")
    }
    return text
  }

  private static func optional(_ key: Key, _ fields: KeyedDecodingContainer<Key>) throws -> String? {
    guard fields.contains(key), (try? fields.decodeNil(forKey: key)) != true else { return nil }
    guard let text = try? fields.decode(String.self, forKey: key) else {
      throw Failure(.malformed, "\"\(key.rawValue)\" is no text in quotation marks; leave it out or send one.")
    }
    return text
  }

  private static func flag(_ key: Key, _ fields: KeyedDecodingContainer<Key>) throws -> Bool {
    guard fields.contains(key), (try? fields.decodeNil(forKey: key)) != true else { return false }
    guard let isOn = try? fields.decode(Bool.self, forKey: key) else {
      throw Failure(.malformed, "\"\(key.rawValue)\" is neither true nor false; leave it out or send one of them.")
    }
    return isOn
  }

  private static func recordOrder(_ fields: KeyedDecodingContainer<Key>) throws -> RecordOrder {
    let audio = try flag(.audio, fields)
    switch try text(.state, of: .record, fields) {
    case "on": return .on(audio: audio)
    case "off": return .off
    case "status": return .status
    case let state:
      throw Failure(.badValue, "\"record\" knows no state \"\(state.prefix(40))\"; choose on, off or status.")
    }
  }

  /// A number, a switch or a word; whoever knows the setting says whether it will do.
  private static func value(_ fields: KeyedDecodingContainer<Key>) throws -> String {
    if let isOn = try? fields.decode(Bool.self, forKey: .value) { return isOn ? "1" : "0" }
    if let number = try? fields.decode(Double.self, forKey: .value) { return SettingText.text(number) }
    if let text = try? fields.decode(String.self, forKey: .value) { return text }
    throw Failure(.malformed, "\"set\" wants a \"value\" that is a finite number, true, false or a word.")
  }

  private static func controller(_ fields: KeyedDecodingContainer<Key>) throws -> Int? {
    guard fields.contains(.controller), (try? fields.decodeNil(forKey: .controller)) != true else { return nil }
    guard let number = try? fields.decode(Int.self, forKey: .controller), (0...127).contains(number) else {
      throw Failure(.malformed, "\"controller\" is no MIDI controller: they are whole numbers from 0 to 127.")
    }
    return number
  }

  /// Writes `{"command":…}` with what belongs to it.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(command.rawValue, forKey: .command)
    switch self {
    case .set(let name, let value):
      try fields.encode(name, forKey: .name)
      try fields.encode(value, forKey: .value)
    case .style(let name):
      try fields.encode(name, forKey: .name)
    case .mode(let mode):
      try fields.encode(mode, forKey: .mode)
    case .scale(let rule, let scale):
      try fields.encode(rule, forKey: .rule)
      try fields.encodeIfPresent(scale, forKey: .scale)
    case .learn(let name, let controller):
      try fields.encode(name, forKey: .name)
      try fields.encodeIfPresent(controller, forKey: .controller)
    case .forget(let name):
      try fields.encodeIfPresent(name, forKey: .name)
    case .watch(let notes):
      if notes { try fields.encode(true, forKey: .notes) }
    case .record(let order):
      try fields.encode(order.state, forKey: .state)
      if order == .on(audio: true) { try fields.encode(true, forKey: .audio) }
    case .status, .version, .ping, .settings, .styles, .panic, .answer, .reload:
      break
    }
  }
}
