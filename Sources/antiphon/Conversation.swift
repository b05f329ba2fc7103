// Asks the daemon something and prints what it says.

import ArgumentParser
import Control

/// What all commands have in common that ask once.
enum Conversation {
  /// Asks, and prints the lines that `lines` makes of the reply; what goes wrong is one sentence on the standard error.
  static func run(
    _ socket: SocketOption, _ request: Request, lines: (Message) throws -> [String]
  ) throws {
    try run(socket) { client, output in
      for line in try lines(try reply(client.ask(request))) { try output.line(line) }
    }
  }

  /// Lets `body` talk to the daemon.
  static func run(_ socket: SocketOption, _ body: (ControlClient, StandardOutput) throws -> Void) throws {
    let output = StandardOutput()
    do {
      try body(try socket.connect(), output)
    } catch OutputError.readerGone {
      return
    } catch let error as ExitCode {
      throw error
    } catch {
      output.complain("antiphon: \(error)")
      throw ExitCode(for: error)
    }
  }

  /// The sentence of a reply that has nothing else to say, as JSON `{"message":"…"}`.
  static func sentence(_ reply: Message, json: Bool) throws -> [String] {
    guard case .done(let sentence) = reply else { throw ConversationError.older }
    return [json ? LineCodec.text(["message": sentence]) : sentence]
  }

  /// The settings of a reply, as JSON or as `lines` makes of them.
  static func settings(
    _ reply: Message, json: Bool, lines: (SettingsList) -> [String] = SettingsText.choices
  ) throws -> [String] {
    guard case .settings(let list) = reply else { throw ConversationError.older }
    return json ? [LineCodec.text(list)] : lines(list)
  }

  /// A reply that is no refusal.
  static func reply(_ message: Message) throws(ConversationError) -> Message {
    guard case .failure(let failure) = message else { return message }
    // An old daemon does not know the commands of the answering side.
    throw failure.code == Failure.Code.unknownCommand.rawValue ? .older : .refused(failure.message)
  }
}

/// Why the daemon does not do what it was asked.
enum ConversationError: Error, CustomStringConvertible {
  /// It says so itself.
  case refused(String)
  /// It does not know the command, or its reply is none of those known here.
  case older

  var description: String {
    switch self {
    case .refused(let message): message
    case .older: "antiphond does not understand this command; update antiphond and antiphon together, and restart it."
    }
  }
}
