// A MIDI file answered phrase by phrase, faster than real time.

public import Foundation
public import Improviser
public import MIDI
import Music
public import Neural
public import ScaleDetector
public import Synth

/// Runs the notes of a file through the improviser that answers live. The same file, models, settings and seed give the
/// same answer.
public struct FileAnswer {
  /// The settings; answers are made whatever their mode.
  public var settings: AnswerSettings
  /// What the drawing of notes begins with.
  public var seed: UInt64
  private let source: NoteSource
  private let scaleModel: ChromaLite
  private let thesaurus: ThesaurusModel?

  /// - Parameter noteModel: the note model's file.
  /// - Parameter scaleModel: hears the scale of the notes, unless the settings fix one.
  /// - Parameter thesaurus: what the rule "morph" needs.
  public init(
    noteModel: URL, scaleModel: ChromaLite, settings: AnswerSettings, seed: UInt64, thesaurus: ThesaurusModel? = nil
  ) throws(ModelError) {
    source = try NoteSource(contentsOf: noteModel)
    self.scaleModel = scaleModel
    self.thesaurus = thesaurus
    self.settings = settings
    self.settings.mode = .answer
    self.seed = seed
  }

  /// Answers the file at `path`.
  public func answer(path: String) throws(FileAnswerError) -> FileAnswerResult {
    let file: StandardMIDIFile
    do throws(StandardMIDIFileError) {
      file = try StandardMIDIFile(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .file(error)
    }
    let notes = file.notes()
    guard !notes.isEmpty else { throw .noNotes(path) }
    guard notes.contains(where: { $0.channel != OfflineSynth.drumChannel }) else { throw .onlyDrums(path) }
    let scale = WholeNoteScale.scale(of: notes, model: scaleModel)
    let improviser = Improviser(
      prediction: source.prediction(), settings: settings, seed: seed, thesaurus: thesaurus)
    improviser.setScale(scale)
    var dialogue = OfflineDialogue(improviser)
    let result = dialogue.run(notes)
    guard !result.answer.isEmpty else { throw .noAnswer(path) }
    return FileAnswerResult(
      file: path, player: result.player, answer: result.answer, answers: result.answers, heard: scale,
      rule: settings.scaleRule, pattern: improviser.pattern, place: settings.morph,
      programs: Self.programs(of: file, notes), program: settings.program, seed: seed)
  }

  /// The program of each channel at its first note.
  private static func programs(of file: StandardMIDIFile, _ notes: [Note]) -> [Int: Int] {
    var first: [Int: Double] = [:]
    for note in notes where first[note.channel] == nil { first[note.channel] = note.onset }
    return first.reduce(into: [:]) { $0[$1.key] = file.program(onChannel: $1.key, at: $1.value) }
  }
}

/// A MIDI file that cannot be answered.
public enum FileAnswerError: Error, CustomStringConvertible {
  /// It cannot be read.
  case file(StandardMIDIFileError)
  /// It holds not one note.
  case noNotes(String)
  /// All its notes are on the percussion channel.
  case onlyDrums(String)
  /// The answers are empty.
  case noAnswer(String)
  /// It cannot be rendered.
  case synth(SynthError)

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .noNotes(let path): "\(path) holds no notes, so there is nothing to answer; give a file with a melody."
    case .onlyDrums(let path):
      "\(path) holds only drums (channel 10), which are not answered; give a file with a melody."
    case .noAnswer(let path): "\(path) was answered with silence; raise --style's density or length."
    case .synth(let error): "\(error)"
    }
  }
}
