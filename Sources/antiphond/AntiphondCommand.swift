// The daemon's command line.

import ArgumentParser
import AudioIO
import Control
import Engine
import Foundation
import Improviser
import Logging
import MIDIIO
import ScaleDetector
import Synth

@main
struct AntiphondCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "antiphond",
    abstract: "Listens to an instrument, and answers what is played on a MIDI keyboard.",
    discussion: """
      Runs until it is interrupted, with or without an audio server: it waits for JACK or PipeWire and comes back when \
      the server does. Keyboards are connected when they are plugged in. See what it hears with antiphon watch, how it \
      fares with antiphon status, and change how it answers with antiphon set, style, mode and scale.
      """,
    version: antiphonVersion)

  @Option(
    help: ArgumentHelp(
      "The configuration file, instead of $XDG_CONFIG_HOME/antiphon/config.toml; other options go before it.",
      valueName: "file"),
    completion: .file(extensions: ["toml"]))
  var config: String?

  @Option(help: ArgumentHelp("The JACK server (jackd -n NAME).", valueName: "name"))
  var server: String?

  @Option(help: ArgumentHelp("The name to have on the server.", valueName: "client"))
  var name: String?

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

  @Option(
    help: ArgumentHelp(
      """
      Play to the first two ports whose name contains this text or matches it as a regular expression; without it, to \
      the first physical ones.
      """, valueName: "pattern"))
  var playback: String?

  @Flag(help: "Connect the outputs to nothing; leave the wiring to a patchbay.")
  var noPlayback = false

  @Option(
    help: ArgumentHelp(
      "Connect only keyboards whose name contains this text (* and ? stand for anything).", valueName: "pattern"))
  var keyboards: [String] = []

  @Flag(help: "Connect no keyboards; leave the wiring to aconnect or a patchbay.")
  var noKeyboards = false

  @Option(
    help: ArgumentHelp(
      "The SoundFont; else $ANTIPHON_SOUNDFONT, one in $XDG_DATA_HOME/soundfonts, or the system's.",
      valueName: "file"),
    completion: .file(extensions: ["sf2", "sf3"]))
  var soundfont: String?

  @Flag(help: "Sound with reverb and chorus, one period later.")
  var synthAhead = false

  @Flag(help: "Don't sound what you play yourself, only the answers.")
  var noThru = false

  @Option(
    help: ArgumentHelp("The style to begin with; antiphon style lists them.", valueName: "name"),
    completion: .custom { _, _, _ in StyleStore().entries.map(\.name) })
  var style: String?

  @Option(
    help: ArgumentHelp("What to do with what is played: answer, accompany or listen.", valueName: "mode"),
    completion: .list(AnswerMode.allCases.map(\.rawValue)))
  var mode: String?

  @Option(help: ArgumentHelp("The same seed and the same playing give the same answers.", valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp("The model of notes (safetensors).", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var noteModel: String?

  @Option(
    help: ArgumentHelp("The model of patterns, for morphs (safetensors).", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var thesaurusModel: String?

  @Option(
    help: ArgumentHelp("The control socket, instead of $XDG_RUNTIME_DIR/antiphon/control.", valueName: "path"),
    completion: .file())
  var socket: String?

  @Option(
    help: ArgumentHelp("The model of scales (safetensors).", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var model: String?

  @Option(
    help: ArgumentHelp("24 answers with major and minor keys alone.", valueName: "number"),
    completion: .list(["24"]))
  var classes: Int?

  @Option(
    help: ArgumentHelp("How much to log: trace, debug, info, notice, warning, error or critical.", valueName: "level"),
    completion: .list(Logger.Level.allCases.map(\.rawValue)))
  var logLevel: String?

  func validate() throws {
    if connect != nil && noConnect {
      throw ValidationError("--connect and --no-connect exclude each other; choose one.")
    }
    if playback != nil && noPlayback {
      throw ValidationError("--playback and --no-playback exclude each other; choose one.")
    }
    if !keyboards.isEmpty && noKeyboards {
      throw ValidationError("--keyboards and --no-keyboards exclude each other; choose one.")
    }
    if let mode, AnswerMode(rawValue: mode.lowercased()) == nil {
      throw ValidationError("\(SettingError.mode(mode))")
    }
    if let classes, classes != 24 {
      throw ValidationError(
        "--classes knows only 24 (major and minor keys), not \(classes); leave it out for all families.")
    }
    if let logLevel, Logger.Level(rawValue: logLevel) == nil {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--log-level doesn't know \"\(logLevel)\"; choose one of \(known).")
    }
  }

  func run() throws {
    ProcessMemory.useOneArena()
    let early = Logger(label: "antiphond") { _ in StandardErrorLog(level: .info) }
    let session = ManagedSession.join(logger: early)
    let plan: DaemonPlan
    do {
      var options = options
      // The session manager tells its clients apart by the names that it gives them.
      if let session { options.name = session.clientName }
      plan = try DaemonPlan(options)
    } catch {
      early.critical("\(error)")
      throw ExitCode.failure
    }
    let logger = Logger(label: "antiphond") { _ in StandardErrorLog(threshold: plan.keeper.logThreshold) }
    if let problem = plan.keeper.problem { logger.warning("\(problem)") }
    do {
      try Daemon(configuration: plan.daemon, logger: logger, keeper: plan.keeper, session: session).run()
    } catch {
      logger.critical("\(error)")
      throw ExitCode.failure
    }
  }

  /// What was said on the command line; everything else is the configuration file's.
  private var options: DaemonOptions {
    var options = DaemonOptions()
    options.file = config
    options.socket = socket
    options.server = server
    options.name = name
    options.exactName = exactName ? true : nil
    options.connect = noConnect ? ConnectPolicy.none : connect.map { ConnectPolicy.matching($0) }
    options.playback = noPlayback ? PlaybackPolicy.none : playback.map { PlaybackPolicy.matching($0) }
    options.keyboards = noKeyboards ? AutoConnect.none : keyboards.isEmpty ? nil : .matching(keyboards)
    options.soundFont = soundfont
    options.isAhead = synthAhead ? true : nil
    options.thru = noThru ? false : nil
    options.style = style
    options.mode = mode.flatMap { AnswerMode(rawValue: $0.lowercased()) }
    options.seed = seed
    options.scaleModel = model
    options.noteModel = noteModel
    options.thesaurusModel = thesaurusModel
    options.classes = classes == nil ? nil : .majorMinor
    options.logLevel = logLevel.flatMap { Logger.Level(rawValue: $0) }
    return options
  }
}
