// The daemon's command line.

import ArgumentParser
import AudioIO
import Control
import Engine
import Foundation
import Logging
import ScaleDetector

@main
struct AntiphondCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "antiphond",
    abstract: "Listens to an instrument over JACK and tells the scale that is played.",
    discussion: """
      Runs until it is interrupted, with or without an audio server: it waits for JACK or PipeWire and comes back when \
      the server does. See what it hears with antiphon watch, and how it fares with antiphon status.
      """,
    version: antiphonVersion)

  @Option(help: ArgumentHelp("The JACK server (jackd -n NAME).", valueName: "name"))
  var server: String?

  @Option(help: ArgumentHelp("The name to have on the server.", valueName: "client"))
  var name = "antiphon"

  @Flag(help: "Rather wait than run under a name that the server has changed.")
  var exactName = false

  @Option(
    help: ArgumentHelp(
      """
      Listen to every port whose name contains this text or matches it as a regular expression; without it, to the \
      first capture port.
      """, valueName: "pattern"))
  var connect: String?

  @Flag(help: "Connect to nothing; leave the wiring to a patchbay.")
  var noConnect = false

  @Option(help: ArgumentHelp("The control socket, instead of $XDG_RUNTIME_DIR/antiphon/control.", valueName: "path"))
  var socket: String?

  @Option(help: ArgumentHelp("The model (safetensors).", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("24 answers with major and minor keys alone.", valueName: "number"))
  var classes: Int?

  @Option(
    help: ArgumentHelp("How much to log: trace, debug, info, notice, warning, error or critical.", valueName: "level"))
  var logLevel = "info"

  func validate() throws {
    if connect != nil && noConnect {
      throw ValidationError("--connect and --no-connect exclude each other; choose one.")
    }
    if let classes, classes != 24 {
      throw ValidationError(
        "--classes knows only 24 (major and minor keys), not \(classes); leave it out for all families.")
    }
    if Logger.Level(rawValue: logLevel) == nil {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--log-level doesn't know \"\(logLevel)\"; choose one of \(known).")
    }
  }

  func run() throws {
    let level = Logger.Level(rawValue: logLevel) ?? .info
    let logger = Logger(label: "antiphond") { _ in StandardErrorLog(level: level) }
    do {
      let policy: ConnectPolicy = noConnect ? .none : connect.map { .matching($0) } ?? .firstCapture
      let configuration = DaemonConfiguration(
        jack: try JackConfiguration(clientName: name, serverName: server, exactName: exactName, connect: policy),
        socket: try socket ?? SocketPath.standard(),
        model: try ModelLocator().find(given: model),
        classes: classes == nil ? .all : .majorMinor)
      try Daemon(configuration: configuration, logger: logger).run()
    } catch {
      logger.critical("\(error)")
      throw ExitCode.failure
    }
  }
}
