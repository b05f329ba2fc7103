// `antiphon reload`: lets the daemon read its configuration again.

import ArgumentParser
import Control

struct ReloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload", abstract: "Let the daemon read its configuration file again, without a gap in the sound.",
    discussion: """
      Only what has changed in the file is obeyed; what you have set since stays. A file that is wrong changes \
      nothing: antiphon config check says where.
      """)

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try Conversation.run(socket, .reload) { try Conversation.sentence($0, json: json) }
  }
}
