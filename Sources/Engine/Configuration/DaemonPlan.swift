// From options and the configuration file to a daemon that can be started.

import AudioIO
import Control
import Foundation
import Improviser
import Logging
import Synth

/// What a daemon is started with.
public struct DaemonPlan: Sendable {
  /// The parts' settings.
  public let daemon: DaemonConfiguration
  /// What is set, the options included.
  let settings: Configuration
  /// Reads the file again when that is asked for.
  public let keeper: ConfigurationKeeper

  /// Reads the configuration file and puts the options in front of it.
  ///
  /// A file that is wrong does not keep the daemon down: it starts with the defaults, and `keeper.problem` says why.
  /// Only a file that the user named, and what is wrong in the options themselves, is an error.
  ///
  /// - Parameters:
  ///   - options: what the command line says.
  ///   - environment: the process's variables.
  /// - Throws: `ConfigurationError`, `StyleError`, `ModelNotFound`, `AudioError`, `ControlError`.
  public init(_ options: DaemonOptions, environment: [String: String]? = nil) throws {
    let environment = environment ?? ProcessInfo.processInfo.environment
    let styles = StyleStore(environment: environment)
    let file = ConfigurationFile(given: options.file, environment: environment)
    var said = Configuration()
    var problem: String?
    do throws(ConfigurationError) {
      let reading = try file.checked(styles)
      said = reading?.configuration ?? said
      if let path = file.path, let found = reading?.problems, !found.isEmpty {
        let error = ConfigurationError.problems(path: path, found)
        if file.isGiven { throw error }
        problem = "\(error) The default is used instead; correct it and say antiphon reload."
      }
    } catch {
      if file.isGiven { throw error }
      problem = "\(error) The defaults are used; correct it and say antiphon reload."
    }
    let settings = options.applied(to: said, environment: environment)
    self.settings = settings
    daemon = try Self.daemon(settings, socket: options.socket, styles: styles, environment: environment)
    keeper = ConfigurationKeeper(
      file: file, options: options, environment: environment, styles: styles, settings: settings, problem: problem)
  }

  private static func daemon(
    _ settings: Configuration, socket: String?, styles: StyleStore, environment: [String: String]
  ) throws -> DaemonConfiguration {
    let models = ModelLocator(environment: environment)
    let style = try styles.style(named: settings.answer.style)
    var answering = AnsweringConfiguration(
      noteModel: try models.find(ModelLocator.noteModel, given: settings.models.notes, flag: "--note-model"),
      settings: try settings.settings(style), style: style.name,
      seed: settings.answer.seed ?? .random(in: 0...UInt64.max), keyboards: settings.keyboards,
      controllers: settings.controllers)
    do throws(ModelNotFound) {
      answering.thesaurusModel = try models.find(
        ModelLocator.thesaurusModel, given: settings.models.thesaurus, flag: "--thesaurus-model")
    } catch {
      // Only morphs between patterns need it; whoever asks for one reads this sentence.
      answering.thesaurusProblem = "\(error)"
    }
    do throws(SoundFontError) {
      answering.soundFont = try SoundFontSearch(environment: environment).find(path: settings.sound.soundFont)
    } catch {
      // A player with a synthesizer of their own needs no SoundFont: answers leave through MIDI as well.
      answering.soundFontProblem = "Nothing sounds here, only MIDI leaves: \(error)"
    }
    let audio = settings.audio
    let jack = try JackConfiguration(
      clientName: audio.name, serverName: audio.server, exactName: audio.exactName, connect: audio.connect,
      playback: audio.playback,
      synth: SynthConfiguration(soundFont: answering.soundFont, rendering: settings.sound.rendering))
    var daemon = DaemonConfiguration(
      jack: jack, socket: try socket ?? SocketPath.standard(), model: try models.find(given: settings.models.scales),
      classes: settings.classes, answering: answering)
    (daemon.osc, daemon.recording) = (settings.osc, settings.record)
    return daemon
  }
}
