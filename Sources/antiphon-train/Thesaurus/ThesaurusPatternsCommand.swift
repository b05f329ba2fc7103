// The command antiphon-train thesaurus patterns.
import ArgumentParser
import Foundation
import Music
import Training

/// Lists patterns and writes them down.
struct ThesaurusPatternsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patterns", abstract: "Lists the patterns of the Thesaurus, or writes them as scores.",
    discussion: """
      Octaves are divided into equal parts, and one to four notes are added to each principal tone: between it and the \
      next (interpolation), below it (infrapolation), above the next (ultrapolation), or in several of these places. A \
      name is progression/operation/notes:number, for example tritone/interpolation/1:3.

      With --output the ending of the file's name says what is written: .txt, .csv, .json, .mid, .musicxml, .ly, or, \
      engraved with LilyPond, .svg, .png, .pdf; principal tones have open note heads. A folder gets all of them.
      """)

  @Argument(help: "Names of patterns, with or without a tonic before them (\"D tritone/interpolation/1:3\"); else all.")
  var names: [String] = []

  @Option(help: "Only this progression, for example tritone; may be repeated.")
  var progression: [String] = []

  @Option(help: "Only this operation, for example infra-interpolation; may be repeated.")
  var operation: [String] = []

  @Option(help: "Only patterns with so many added notes, 1 to 4; may be repeated.")
  var count: [Int] = []

  @Option(help: "The note on which the patterns begin. (default: C)")
  var tonic: String?

  @Option(help: "At most so many patterns.")
  var limit: Int?

  @Option(help: "Which way the patterns are written: up, down or both. (default: up)")
  var direction: String?

  @Option(help: "The form of the list: text, csv, or json (one object a line).")
  var format: String?

  @Flag(help: "Print how many patterns each section has.")
  var counts = false

  @Option(name: .shortAndLong, help: "The file to write, or a folder for all formats.")
  var output: String?

  func run() throws {
    if counts {
      try printCounts()
    } else {
      let score = try score()
      guard let output else { return try say(list(PatternTable(score))) }
      try write(score, to: output)
    }
  }

  /// The patterns that are asked for, as a sheet.
  func score() throws -> PatternScore {
    let (way, note) = (try OptionReading.direction(direction ?? "up"), try OptionReading.tonic(tonic ?? "C"))
    let filter = try filter()
    guard !names.isEmpty else {
      let patterns = filter.patterns
      return .sheet(
        patterns.map { PatternEntry($0, tonic: note) }, title: patterns.count == 1 ? "" : title(patterns.count),
        direction: way)
    }
    guard filter.isEmpty else {
      throw ValidationError(
        "Names list exactly those patterns; leave out --progression, --operation, --count and --limit, or the names.")
    }
    return .sheet(try names.map { try entry($0, tonic: note) }, direction: way)
  }

  /// The filter of the options.
  func filter() throws -> PatternFilter {
    let progressions = try progression.map { name in
      guard let known = Progression(name: name) else {
        throw ValidationError(PatternNameError.progression(name).description)
      }
      return known
    }
    let operations = try operation.map { name in
      guard let known = PatternOperation(name: name) else {
        throw ValidationError(PatternNameError.operation(name).description)
      }
      return known
    }
    if let wrong = count.first(where: { !ThesaurusPattern.counts.contains($0) }) {
      throw ValidationError("--count is \(wrong); give a number of added notes from 1 to 4.")
    }
    if let limit, limit < 1 { throw ValidationError("--limit is \(limit); give a number from 1.") }
    let filter = PatternFilter(
      progressions: Set(progressions), operations: Set(operations), counts: Set(count), limit: limit)
    guard !filter.patterns.isEmpty else {
      throw ValidationError(
        "No pattern is of all these kinds: a progression of small steps has no room for so many notes between its "
          + "principal tones; leave out --operation or --count (--counts shows what there is).")
    }
    return filter
  }

  private func entry(_ text: String, tonic: PitchClass) throws -> PatternEntry {
    let words = text.split(whereSeparator: \.isWhitespace)
    do throws(PatternNameError) {
      guard words.count > 1, let own = PitchClass(name: String(words[0])) else {
        return PatternEntry(try ThesaurusPattern(name: text), tonic: tonic)
      }
      let pattern = try ThesaurusPattern(name: words.dropFirst().joined(separator: " "))
      return PatternEntry(pattern, tonic: own, label: "\(own) \(pattern.name)")
    } catch {
      let progression = Progression(name: text).map { ("progression", $0.rawValue) }
      let part = progression ?? PatternOperation(name: text).map { ("operation", $0.rawValue) }
      guard let (option, name) = part else { throw ValidationError(error.description) }
      throw ValidationError("\"\(text)\" is no name of a pattern; --\(option) \(name) lists all of that \(option).")
    }
  }

  private func title(_ patterns: Int) -> String {
    let words = progression + operation + count.map { "\($0) added" }
    return "Thesaurus" + (words.isEmpty ? "" : ": " + words.joined(separator: ", ")) + " (\(patterns) patterns)"
  }

  private func printCounts() throws {
    guard names.isEmpty, output == nil, tonic == nil, direction == nil else {
      throw ValidationError("--counts prints a table; leave out the names, --tonic, --direction and --output.")
    }
    let counts = PatternCounts(try filter().patterns)
    switch try listFormat() {
    case .csv: try say(counts.csv)
    case .json: try say(counts.json)
    default: try say(counts.text)
    }
  }

  private func list(_ table: PatternTable) throws -> String {
    switch try listFormat() {
    case .csv: table.csv
    case .json: table.json
    default: table.text
    }
  }

  /// Writes to the standard output; a reader that has seen enough is no reason to complain.
  private func say(_ text: String) throws {
    do { try FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) } catch {
      guard errno != EPIPE else { return }
      throw TrainingError(
        "The list cannot be written to the standard output (\(error.localizedDescription)); name a file with --output.")
    }
  }

  private func listFormat() throws -> PatternFileFormat {
    guard let format else { return .text }
    let known = format == "text" ? .text : PatternFileFormat(pathExtension: format)
    guard let known, known.isList else {
      throw ValidationError("--format is \"\(format)\"; choose text, csv or json, or write another with --output.")
    }
    return known
  }

  private func write(_ score: PatternScore, to path: String) throws {
    guard format == nil else {
      throw ValidationError("With --output the ending of the file's name says the format; leave --format out.")
    }
    guard !path.isEmpty else { throw ValidationError("--output is empty; name a file or a folder.") }
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let result: (files: [URL], complaints: [String])
    if isFolder.boolValue || path.hasSuffix("/") || (!exists && url.pathExtension.isEmpty) {
      try PatternFile.check(score, for: PatternFileFormat.allCases)
      let base = try OutputFolder.make(path).appending(path: "patterns")
      result = try PatternFile.write(score, base: base, isInterrupted: { Interruption.isRaised })
    } else {
      guard let kind = PatternFileFormat(pathExtension: url.pathExtension) else {
        let known = PatternFileFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: " ")
        throw ValidationError("--output is \"\(path)\", whose ending is no format; choose from \(known).")
      }
      let said = try PatternFile.write(score, to: url, as: kind, isInterrupted: { Interruption.isRaised })
      result = (said.isEmpty ? [url] : [], said)
    }
    for file in result.files { print(file.path) }
    if Interruption.isRaised { throw TrainingError("Interrupted; not everything was written.") }
    guard !result.complaints.isEmpty else { return }
    for complaint in result.complaints { StandardError.say(complaint) }
    throw ExitCode.failure
  }
}
