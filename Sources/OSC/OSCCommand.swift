// What a message from outside asks for.

import Control

/// An OSC message that was understood.
enum OSCCommand: Equatable, Sendable {
  /// Something that the daemon's dispatcher obeys.
  case request(Request)
  /// Asks for one setting.
  case get(name: String)
  /// Asks for a sign of life; where to and under which path, when it says so.
  case ping(port: UInt16?, path: String)
  /// Asks for events; nil stands for the sender's port.
  case subscribe(port: UInt16?, topics: Set<OSCTopic>)
  /// Brings back the number that was sent to prove that packets arrive.
  case confirm(Int32)
  /// Wants no more events.
  case unsubscribe(port: UInt16?)
  /// Not for this server, or one of its own messages: silence is the answer.
  case ignored

  /// The start of every path that belongs to Antiphon.
  static let prefix = "/antiphon/"

  /// What the server itself sends under single names. Two servers that send to each other must not answer these.
  private static let sent: Set = [
    "scale", "candidates", "chroma", "level", "state", "notice", "learned", "error", "done", "subscribed",
    "unsubscribed", "confirm-with", "recording",
  ]

  /// Understands a message.
  ///
  /// - Throws: a `Failure` whose sentence goes back to the sender.
  init(_ message: OSCMessage) throws(Failure) {
    if message.path == "/ping" {
      self = try Self.ping(message.arguments)
      return
    }
    guard message.path.hasPrefix(Self.prefix) else {
      self = .ignored
      return
    }
    let name = message.path.dropFirst(Self.prefix.count)
    guard !name.contains(where: { "*?[]{}".contains($0) }) else {
      throw Failure(.malformed, "Patterns in addresses are not understood; write the name out.")
    }
    self = try Self.command(String(name), message.arguments)
  }

  private static func command(_ name: String, _ values: [OSCArgument]) throws(Failure) -> OSCCommand {
    switch name {
    case "ping": return try ping(values)
    case "subscribe": return try subscription(values)
    case "unsubscribe": return .unsubscribe(port: try optionalPort(values))
    case "confirm":
      guard let number = values.first?.wholeNumber, let token = Int32(exactly: number) else {
        throw Failure(.malformed, "confirm wants the whole number that /antiphon/confirm-with brought.")
      }
      return .confirm(token)
    case "get": return .get(name: try words(values, "get", "the name of a setting"))
    case "set":
      guard values.count == 2, let name = values[0].text else {
        throw Failure(.malformed, "set wants a name and a value, such as \"temperature\" 1.2.")
      }
      return .request(.set(name: name, value: try value(values[1], of: name)))
    case "style": return .request(.style(name: try words(values, name, "the name of a style")))
    case "mode": return .request(.mode(try words(values, name, "answer, accompany or listen")))
    case "scale/lock":
      return .request(.scale(rule: "lock", scale: try words(values, name, "a scale such as \"D dorian\" or a pattern")))
    case "scale/morph":
      let names = try words(values, name, "the names of two patterns, each such as \"tritone/interpolation/1:3\",")
      return .request(.scale(rule: "morph", scale: names))
    case "scale/follow": return .request(.scale(rule: "follow", scale: nil))
    case "scale/off": return .request(.scale(rule: "off", scale: nil))
    case "learn": return try learning(values)
    case "forget": return .request(.forget(name: values.isEmpty ? nil : try words(values, name, "a name, or nothing")))
    case "record": return try recording(values)
    case "status": return values.isEmpty ? .request(.status) : .ignored
    case "styles": return values.isEmpty ? .request(.styles) : .ignored
    case "panic": return isPressed(values) ? .request(.panic) : .ignored
    case "reply": return isPressed(values) ? .request(.answer) : .ignored
    case "reload": return isPressed(values) ? .request(.reload) : .ignored
    default:
      guard !sent.contains(name), !name.contains("/"), !name.isEmpty else { return .ignored }
      guard values.count == 1 else {
        throw Failure(.malformed, "\(name.prefix(40)) is no command, and as a setting it wants one value.")
      }
      return .request(.set(name: name, value: try value(values[0], of: name)))
    }
  }

  /// Buttons send 1 when they are pressed and 0 when they are let go; only the former counts.
  private static func isPressed(_ values: [OSCArgument]) -> Bool { values.first?.number != 0 }

  private static func value(_ value: OSCArgument, of name: String) throws(Failure) -> String {
    if let number = value.number { return SettingText.text(number) }
    if let text = value.text { return text }
    throw Failure(.badValue, "\(name.prefix(40)) wants a finite number, true, false or a word.")
  }

  /// One text; several, as patchers that split at spaces send them, are joined again.
  private static func words(_ values: [OSCArgument], _ name: String, _ wanted: String) throws(Failure) -> String {
    let texts = values.compactMap(\.text)
    guard !texts.isEmpty, texts.count == values.count else {
      throw Failure(.malformed, "\(name) wants \(wanted) as text.")
    }
    return texts.joined(separator: " ")
  }

  private static func learning(_ values: [OSCArgument]) throws(Failure) -> OSCCommand {
    let name = try words(Array(values.prefix(1)), "learn", "the name of a setting")
    guard values.count > 1 else { return .request(.learn(name: name, controller: nil)) }
    guard let controller = values[1].wholeNumber, (0...127).contains(controller) else {
      throw Failure(.malformed, "learn wants a MIDI controller from 0 to 127 after the name, or nothing.")
    }
    return .request(.learn(name: name, controller: controller))
  }

  private static func recording(_ values: [OSCArgument]) throws(Failure) -> OSCCommand {
    guard !values.isEmpty else { return .request(.record(.status)) }
    let numbers = values.compactMap(\.number)
    guard numbers.count == values.count, numbers.count <= 2 else {
      throw Failure(.malformed, "record wants 1 or 0, and a second 1 when sound is to be kept too.")
    }
    guard numbers[0] != 0 else { return .request(.record(.off)) }
    return .request(.record(.on(audio: numbers.count == 2 && numbers[1] != 0)))
  }

  private static func ping(_ values: [OSCArgument]) throws(Failure) -> OSCCommand {
    let port = try optionalPort(values)
    guard values.count > 1 else { return .ping(port: port, path: "/pong") }
    // Were it one that is obeyed, a forged ping could have one server command another.
    guard let path = values[1].text, path.hasPrefix("/"), !path.hasPrefix(prefix), path != "/ping",
      path.utf8.count <= 200
    else {
      throw Failure(.malformed, "The return path must begin with \"/\", and not with \"/antiphon/\" or \"/ping\".")
    }
    return .ping(port: port, path: path)
  }

  private static func subscription(_ values: [OSCArgument]) throws(Failure) -> OSCCommand {
    var (rest, target) = (values[...], UInt16?.none)
    if let first = values.first, isPort(first) {
      target = try port(first)
      rest = rest.dropFirst()
    }
    var topics: Set<OSCTopic> = []
    for value in rest {
      guard let topic = value.text.flatMap(OSCTopic.init(rawValue:)) else {
        throw Failure(.badValue, "subscribe wants a port or URL, then topics out of \(OSCTopic.names).")
      }
      topics.insert(topic)
    }
    return .subscribe(port: target, topics: topics.isEmpty ? Set(OSCTopic.allCases) : topics)
  }

  private static func optionalPort(_ values: [OSCArgument]) throws(Failure) -> UInt16? {
    guard let first = values.first else { return nil }
    return try port(first)
  }

  private static func isPort(_ value: OSCArgument) -> Bool {
    guard let text = value.text else { return true }
    return text.contains(":") || text.allSatisfy(\.isNumber)
  }

  /// The port of a number, of "9000", "host:9000" or "osc.udp://host:9000/path". The host is passed over on purpose:
  /// replies go to the sender's, so that nobody can be flooded in somebody else's name.
  private static func port(_ value: OSCArgument) throws(Failure) -> UInt16 {
    if let number = value.wholeNumber, let port = UInt16(exactly: number), port > 0 { return port }
    if let text = value.text {
      let authority = text.split(separator: "://", maxSplits: 1).last.map { $0.prefix { $0 != "/" } } ?? ""
      if let port = authority.split(separator: ":").last.flatMap({ UInt16($0) }), port > 0 { return port }
    }
    throw Failure(.badValue, "A port is a number from 1 to 65535, or a URL such as \"osc.udp://localhost:9001/\".")
  }
}
