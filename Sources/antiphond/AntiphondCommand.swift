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
      "The SoundFont; else $ANTIPHON_SOUNDFONT, one in $XDG_DATA_HOME/soundfonts, or the system's.", valueName: "file"))
  var soundfont: String?

  @Flag(help: "Sound with reverb and chorus, one period later.")
  var synthAhead = false

  @Flag(help: "Don't sound what you play yourself, only the answers.")
  var noThru = false

  @Option(help: ArgumentHelp("The style to begin with; antiphon style lists them.", valueName: "name"))
  var style: String?

  @Option(help: ArgumentHelp("What to do with what is played: answer, accompany or listen.", valueName: "mode"))
  var mode: String?

  @Option(help: ArgumentHelp("The same seed and the same playing give the same answers.", valueName: "number"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The model of notes (safetensors).", valueName: "file"))
  var noteModel: String?

  @Option(help: ArgumentHelp("The control socket, instead of $XDG_RUNTIME_DIR/antiphon/control.", valueName: "path"))
  var socket: String?

  @Option(help: ArgumentHelp("The model of scales (safetensors).", valueName: "file"))
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
    if Logger.Level(rawValue: logLevel) == nil {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--log-level doesn't know \"\(logLevel)\"; choose one of \(known).")
    }
  }

  func run() throws {
    let level = Logger.Level(rawValue: logLevel) ?? .info
    let logger = Logger(label: "antiphond") { _ in StandardErrorLog(level: level) }
    do {
      let answering = try answering(StyleStore())
      let configuration = DaemonConfiguration(
        jack: try jack(answering.soundFont),
        socket: try socket ?? SocketPath.standard(),
        model: try ModelLocator().find(given: model),
        classes: classes == nil ? .all : .majorMinor,
        answering: answering)
      try Daemon(configuration: configuration, logger: logger).run()
    } catch {
      logger.critical("\(error)")
      throw ExitCode.failure
    }
  }

  private func jack(_ soundFont: SoundFontFile?) throws -> JackConfiguration {
    let source: ConnectPolicy = noConnect ? .none : connect.map { .matching($0) } ?? .firstCapture
    let outputs: PlaybackPolicy = noPlayback ? .none : playback.map { .matching($0) } ?? .firstPair
    return try JackConfiguration(
      clientName: name, serverName: server, exactName: exactName, connect: source, playback: outputs,
      synth: SynthConfiguration(soundFont: soundFont, rendering: synthAhead ? .ahead : .inCallback))
  }

  private func answering(_ styles: StyleStore) throws -> AnsweringConfiguration {
    let chosen = try styles.style(named: style ?? Style.standard.name)
    var settings = try chosen.applied(to: AnswerSettings())
    if let mode { try settings.set(name: "mode", text: mode) }
    if noThru { settings.thru = false }
    var configuration = AnsweringConfiguration(
      noteModel: try ModelLocator().find(ModelLocator.noteModel, given: noteModel, flag: "--note-model"),
      settings: settings, style: chosen.name, seed: seed ?? .random(in: 0...UInt64.max),
      keyboards: noKeyboards ? .none : keyboards.isEmpty ? .all : .matching(keyboards))
    do throws(SoundFontError) {
      configuration.soundFont = try SoundFontSearch().find(path: soundfont)
    } catch {
      // A player with a synthesizer of their own needs no SoundFont: answers leave through MIDI as well.
      configuration.soundFontProblem = "Nothing sounds here, only MIDI leaves: \(error)"
    }
    return configuration
  }
}
