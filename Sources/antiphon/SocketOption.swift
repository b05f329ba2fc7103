// The option that every command which talks to the daemon has.

import ArgumentParser
import Control

struct SocketOption: ParsableArguments {
  @Option(
    name: .customLong("socket"),
    help: ArgumentHelp("The daemon's socket, instead of $XDG_RUNTIME_DIR/antiphon/control.", valueName: "path"),
    completion: .file())
  var path: String?

  /// Connects to the daemon.
  func connect() throws(ControlError) -> ControlClient {
    let standard = path == nil ? try SocketPath.standard() : ""
    return try ControlClient(path: path ?? standard)
  }
}
