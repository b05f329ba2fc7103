// `antiphon learn`, `forget`, `reply` and `panic`: what a player does while playing.

import ArgumentParser
import Control

struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn", abstract: "Let a knob or pedal of your keyboard change a setting.",
    discussion: """
      Waits until you move one, or takes the number that is given. Besides the settings there are two actions: answer \
      (hand over now) and panic. The map is kept in controllers.toml below $XDG_STATE_HOME/antiphon \
      (~/.local/state/antiphon), which may be edited.
      """)

  @Argument(
    help: "The setting, such as temperature; or answer, or panic.", completion: .list(Completions.learnable))
  var name: String

  @Option(help: ArgumentHelp("The MIDI controller, 0 to 127.", valueName: "number"))
  var controller: Int?

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print JSON objects, one a line.")
  var json = false

  func validate() throws {
    if let controller, !(0...127).contains(controller) {
      throw ValidationError("--controller wants a whole number from 0 to 127, not \(controller).")
    }
  }

  func run() throws {
    try Conversation.run(socket) { client, output in
      // News come only to watchers; watching begins first, so that none can be missed.
      if controller == nil { _ = try Conversation.reply(client.ask(.watch())) }
      let reply = try Conversation.reply(client.ask(.learn(name: name, controller: controller)))
      for line in try Conversation.sentence(reply, json: json) { try output.line(line) }
      if controller == nil { try wait(client, output) }
    }
  }

  private func wait(_ client: ControlClient, _ output: StandardOutput) throws {
    Interruption.begin()
    let end = MonotonicTime.now + 61
    while !Interruption.isRaised && MonotonicTime.now < end {
      guard case .message(.learned(let learned)) = try client.receive(timeout: 0.2) else { continue }
      if json { return try output.line(LineCodec.text(learned)) }
      let from = learned.keyboard.map { " of \($0)" } ?? ""
      return try output.line("Controller \(learned.controller)\(from) changes \(learned.name) from now on.")
    }
    if Interruption.isRaised { throw ExitCode.interrupted }
    throw ConversationError.refused("No controller was moved; try again, or name it with --controller.")
  }
}

struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Let no controller change a setting any more.")

  @Argument(
    help: "The setting; without it all controllers are forgotten.", completion: .list(Completions.learnable))
  var name: String?

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try Conversation.run(socket, .forget(name: name)) { try Conversation.sentence($0, json: json) }
  }
}

struct ReplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reply", abstract: "Hand over: have the phrase answered now, without waiting for its end.")

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try Conversation.run(socket, .answer) { try Conversation.sentence($0, json: json) }
  }
}

struct PanicCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "panic", abstract: "Silence everything that sounds, on all outputs.")

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try Conversation.run(socket, .panic) { try Conversation.sentence($0, json: json) }
  }
}
