// The answering side of the daemon, put together.

import AudioIO
import Control
import Foundation
import Improviser
import Logging
import MIDIIO
import Music
import ScaleDetector

/// Desk, hands and commands of a running daemon. Any thread; `stop` once.
final class Answering: Sendable {
  /// What is set.
  let desk: Desk
  /// What happens between the player and the daemon; the main thread takes it.
  let feed = DialogueFeed()
  private let configuration: AnsweringConfiguration
  private let board: ScaleBoard
  private let hands: HandsThread
  private let sequencer: SequencerReport
  private let logger: Logger
  private let controllers: ControllerFile
  private let startWarnings: [String]

  /// Starts the hands.
  ///
  /// - Parameters:
  ///   - source: the note model.
  ///   - scaleModel: the classifier, which hears the player's notes as well.
  ///   - name: the name to have on the sequencer.
  ///   - onNews: called on the hands' thread when something changed that a person sees; must be quick.
  /// - Throws: `ControlError` when no descriptors are left.
  init(
    _ configuration: AnsweringConfiguration, source: NoteSource, client: JackClient, scaleModel: ChromaLite,
    classes: ScaleClasses, name: String, logger: Logger, onNews: @escaping @Sendable () -> Void
  ) throws(ControlError) {
    guard let wakePipe = WakePipe() else { throw .noDescriptors }
    let thesaurus = ThesaurusSource(configuration)
    let file = ControllerFile(path: UserFolders().state.map { $0 + "/" + ControllerFile.name })
    var contents = Desk.Contents(settings: configuration.settings, style: configuration.style)
    var warnings = [configuration.soundFontProblem].compactMap { $0 }
    if let problem = thesaurus.problem {
      if case .morph = contents.settings.scaleRule {
        contents.settings.scaleRule = .follow
        warnings.append("The answers follow the scale instead of a morph: \(problem)")
      } else if configuration.thesaurusModel != nil {
        warnings.append("The rule morph is refused: \(problem)")
      } else {
        logger.info("\(problem) Until then the rule morph is refused.")
      }
    }
    do throws(ControllerFileError) {
      contents.controllers = try file.read()
    } catch {
      warnings.append("\(error)")
    }
    contents.controllers.use(configuration.controllers)
    contents.written = configuration.controllers
    for warning in warnings { logger.warning("\(warning)") }
    let settings = contents.settings
    let desk = Desk(contents, morphProblem: thesaurus.problem) { wakePipe.wake() }
    let board = ScaleBoard()
    let report = SequencerReport()
    self.configuration = configuration
    self.desk = desk
    self.board = board
    self.logger = logger
    sequencer = report
    startWarnings = warnings
    controllers = file
    hands = HandsThread(
      wakePipe: wakePipe,
      make: { [feed] in
        let sequencer = report.open(configuration.keyboards, name: name, logger)
        let improviser = Improviser(
          prediction: source.prediction(), settings: settings, seed: configuration.seed, thesaurus: thesaurus.model)
        return Hands(
          Hands.Parts(
            improviser: improviser, ears: ScaleEars(model: scaleModel, classes: classes), voice: JackVoice(client),
            source: sequencer, sink: sequencer, desk: desk, board: board, feed: feed))
      }, onNews: onNews)
  }

  /// Carries out what clients ask for.
  var commands: AnsweringCommands {
    AnsweringCommands(desk: desk, styles: StyleStore(), controllers: controllers) { [hands] in
      hands.current.dialogue.state
    }
  }

  /// Tells the hands what the audio ear hears; nil when it hears nothing any more. Any thread.
  func hear(_ readout: ScaleReadout?) { board.write(readout) }

  /// Shows that the hands turn.
  var heartbeat: Heartbeat { hands.heartbeat }

  /// Whether the hands were refused real-time scheduling.
  var isRealtimeRefused: Bool { hands.current.isRealtimeRefused }

  /// The pattern of the Thesaurus that the player's notes play; nil when they play none.
  var pattern: PatternScale? { hands.current.pattern }

  /// How the dialogue stands.
  var dialogue: DialogueSummary {
    var dialogue = hands.current.dialogue
    if dialogue.keyboards.isEmpty { dialogue.message = sequencer.problem }
    return dialogue
  }

  /// The parts of the status; `audio` is the client's.
  func status(_ audio: AudioStatus) -> (voice: Status.Voice, midi: Status.MIDI, warnings: [String]) {
    let state = hands.current
    let voice = Status.Voice(
      soundFont: audio.voice.problem == nil ? configuration.soundFont?.url.path : nil,
      isReady: audio.voice.isReady, connections: audio.voice.outputs, dropped: audio.voice.droppedEvents,
      late: audio.voice.lateEvents, held: audio.voice.heldNotes)
    let midi = Status.MIDI(
      client: sequencer.client, overruns: state.overruns, model: configuration.noteModel.path,
      realtime: state.isRealtime, load: state.load)
    // Without a SoundFont the start has said why; the client could only say that there is none.
    let voiceProblem = configuration.soundFont == nil ? nil : audio.voice.problem
    let warnings = startWarnings + [sequencer.problem, voiceProblem].compactMap { $0 } + state.warnings
    return (voice, midi, warnings)
  }

  /// Keeps the controllers that were found by moving them, and returns them.
  func takeLearned() -> [Learned] {
    let learned = desk.takeLearned()
    guard !learned.isEmpty else { return [] }
    for news in learned { logger.info("Controller \(news.controller) changes \(news.name) from now on.") }
    do throws(ControllerFileError) {
      try controllers.write(desk.now.learnedControllers)
    } catch {
      logger.warning("\(error)")
    }
    return learned
  }

  /// Silences everything and ends the hands.
  func stop() { hands.stop() }
}
