// `antiphon answer`: a MIDI file answered by the engine that answers live, repeatably.

import ArgumentParser
import AudioFile
import Engine
import Foundation
import Improviser
import Music
import ScaleDetector
import Synth

struct AnswerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "Answer the phrases of a MIDI file, and write the dialogue.",
    discussion: """
      Each phrase of the file is answered when it is over; what follows waits until the answer has ended. The same \
      file, style and seed give the same answer. antiphon reply hands over to the running daemon instead.
      """)

  @Argument(
    help: ArgumentHelp("A Standard MIDI File.", valueName: "in.mid"), completion: .file(extensions: ["mid", "midi"]))
  var input: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The MIDI file to write.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Write the sound of it as well.", valueName: "file"), completion: .file())
  var wav: String?

  @Option(
    help: ArgumentHelp("The style; antiphon style lists them.", valueName: "name"), completion: Completions.style)
  var style: String?

  @Option(
    help: ArgumentHelp("A setting, such as temperature=1.2; may be repeated.", valueName: "name=value"),
    completion: .list(Completions.settings.map { $0 + "=" }))
  var set: [String] = []

  @Option(help: ArgumentHelp("What the drawing of notes begins with.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "The scale to keep to, such as \"D dorian\", a pattern such as thesaurus:tritone/interpolation/1:3, a place "
        + "between two as in morph:A:B:0.4, or off; without it, the scale that is heard.", valueName: "scale"))
  var scale: String?

  @Flag(help: "Leave out what is answered.")
  var onlyAnswer = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(
    help: ArgumentHelp("The SoundFont for --wav; else the one that antiphond would take.", valueName: "file"),
    completion: .file(extensions: ["sf2", "sf3"]))
  var soundfont: String?

  @Option(
    help: ArgumentHelp("The model of notes (safetensors).", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var noteModel: String?

  @Option(
    help: ArgumentHelp("The model of patterns, for morphs (safetensors).", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var thesaurusModel: String?

  @Option(
    help: ArgumentHelp("The model of scales (safetensors).", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var model: String?

  func run() throws {
    let standard = StandardOutput()
    do {
      let result = try answer()
      try standard.line(json ? result.json : result.text)
    } catch OutputError.readerGone {
      return
    } catch {
      standard.complain("antiphon: \(error)")
      throw ExitCode.failure
    }
  }

  private func answer() throws -> FileAnswerResult {
    // Everything that can be wrong with the way it was asked comes before the work.
    try checkPlaces()
    let settings = try settings()
    let synth = try wav.map { _ in
      try OfflineSynth(
        soundFont: try SoundFontSearch().find(path: soundfont), sampleRate: 44_100, interpolation: .cubic)
    }
    let lite = try ChromaLite(contentsOf: try ModelLocator().find(given: model))
    let notes = try ModelLocator().find(ModelLocator.noteModel, given: noteModel, flag: "--note-model")
    let engine = try FileAnswer(
      noteModel: notes, scaleModel: lite, settings: settings, seed: seed, thesaurus: try thesaurus(settings))
    let result = try engine.answer(path: input)
    let samples = try synth.map { try result.render($0, onlyAnswer: onlyAnswer) }
    try OutputFile.write(result.midi(onlyAnswer: onlyAnswer), to: output)
    if let wav, let samples { try OutputFile.write(samples, rate: 44_100, to: wav) }
    return result
  }

  private func settings() throws -> AnswerSettings {
    let style = try style.map { name throws(StyleError) in try StyleStore().style(named: name) } ?? Style.standard
    var settings = try style.applied(to: AnswerSettings())
    for assignment in set {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { throw AnswerOptionError.assignment(assignment) }
      try settings.set(name: parts[0], text: parts[1])
    }
    guard let scale else { return settings }
    let placed = try ScaleMorph.placed(scale)
    // What --scale says itself: the rule, and with a placed morph its place.
    let own = placed == nil ? ["scale="] : ["scale=", "morph="]
    if let other = set.first(where: { assignment in own.contains { assignment.lowercased().hasPrefix($0) } }) {
      throw AnswerOptionError.conflict(scale, other)
    }
    if let placed {
      (settings.scaleRule, settings.morph) = (.morph(placed.morph), placed.place)
    } else {
      try settings.set(name: "scale", text: scale)
    }
    return settings
  }

  /// The model of patterns, where one is needed or named.
  private func thesaurus(_ settings: AnswerSettings) throws -> ThesaurusModel? {
    var isNeeded = thesaurusModel != nil
    if case .morph = settings.scaleRule { isNeeded = true }
    guard isNeeded else { return nil }
    return try ThesaurusModel(
      contentsOf: try ModelLocator().find(
        ModelLocator.thesaurusModel, given: thesaurusModel, flag: "--thesaurus-model"))
  }

  private func checkPlaces() throws {
    let places = [output, wav].compactMap { $0 }
    for place in places {
      if OutputFile.isSame(place, input) { throw OutputFileError.isInput(place) }
      try OutputFile.check(place)
    }
    if places.count == 2, OutputFile.isSame(places[0], places[1]) { throw AnswerOptionError.samePlace(places[0]) }
  }
}

/// An option of `antiphon answer` that cannot work.
enum AnswerOptionError: Error, CustomStringConvertible {
  case assignment(String)
  case samePlace(String)
  case conflict(String, String)

  var description: String {
    switch self {
    case .assignment(let text): "--set wants a setting and a value such as temperature=1.2, not \"\(text)\"."
    case .samePlace(let path): "-o and --wav name the same file \(path); give each its own."
    case .conflict(let scale, let other): "--scale \(scale) and --set \(other) contradict each other; leave one out."
    }
  }
}
