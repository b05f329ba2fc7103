// Puts the pieces of a corpus into its outputs.

import Foundation

/// Takes what became of each file, in the order of the files, finds duplicates and writes everything. For one thread.
final class CorpusCollector {
  private let options: CorpusOptions
  private let output: URL
  private let writer: PreparedNotesWriter
  private let report: CorpusReport
  private let table: NoteTable?
  private let rolls: PianoRolls?
  private let tokens: TokenSequences?
  private var nameOfDigest: [NoteDigest: String] = [:]
  private var names = CorpusNames()
  /// The reports of the sources, one for each folder and kind of file.
  private var reports: [SourceReport] = []
  /// The tunes of the folder that is being read, and the sequences whose groups they decide.
  private var tunes = TuneGroups()
  private var waiting: [(sequences: Range<Int>, tune: Int)] = []

  init(to output: URL, options: CorpusOptions, command: String) throws(CorpusError) {
    self.options = options
    self.output = output
    var metadata = ["command": command]
    if options.shard != .whole { metadata["shard"] = options.shard.description }
    writer = try PreparedNotesWriter(to: output, metadata: metadata)
    report = try CorpusReport(beside: output)
    table = options.writesTable ? try NoteTable(beside: output) : nil
    if let rate = options.rolls { rolls = try PianoRolls(beside: output, rate: rate) } else { rolls = nil }
    tokens = options.writesTokens ? try TokenSequences(beside: output) : nil
  }

  /// Begins the files of one kind of a folder.
  func begin(source: String) { reports.append(SourceReport(source: source)) }

  /// Takes what became of a file. `isOwn` is false for a file of another shard, which is read for its tunes' groups.
  func take(_ item: CorpusReader.Item, isOwn: Bool) throws(CorpusError) {
    let tune = item.tune.map { tunes.add($0) }
    guard isOwn else { return }
    names.note(composer: item.composer, genre: item.genre, instruments: item.instruments)
    var exclusion: CorpusExclusion?
    switch item.result {
    case .failure(let reason): exclusion = reason
    case .success(let cut):
      if !options.keepsDuplicates, let other = nameOfDigest[cut.digest] {
        exclusion = .duplicate(of: other)
      } else {
        nameOfDigest[cut.digest] = item.name
        try write(cut, tune: tune)
      }
    }
    try report.append(item.name, exclusion, notes: item.noteCount, remarks: item.remarks)
    guard !reports.isEmpty else { return }
    if case .notMusic? = exclusion { return }
    if let exclusion {
      reports[reports.count - 1].leaveOut(exclusion.plural)
    } else {
      reports[reports.count - 1].keep()
    }
  }

  /// Ends a folder: the groups of its tunes are known.
  func endFolder() {
    for (sequences, tune) in waiting {
      let group = tunes.group(of: tune)
      for index in sequences { writer.setGroup(group, of: index) }
    }
    waiting = []
    tunes = TuneGroups()
  }

  /// Gives all files their names.
  func finish() throws -> NoteCorpus.Outcome {
    var outcome = NoteCorpus.Outcome()
    outcome.reports = reports
    outcome.summary = report.summary
    outcome.sequences = writer.count
    for split in Split.allCases { outcome.splits[split] = writer.count(of: split) }
    outcome.notes = writer.noteCount
    // A shard may well have nothing to keep; the whole should not.
    guard writer.count > 0 || options.shard != .whole else {
      try report.complete().publish()
      if !options.filter.isEmpty {
        throw CorpusError.nothingPasses(filter: options.filter.description, known: names.nearest(to: options.filter))
      }
      let reasons = report.summary.filter(\.isLeftOut).map { "\($0.count) \($0.category)" }
      throw CorpusError.nothingKept(summary: reasons.joined(separator: ", "))
    }
    var others = [try report.complete()]
    outcome.files = [output, writer.tableURL, report.url]
    if let table {
      others += try table.complete()
      outcome.files += table.urls
    }
    if let rolls {
      others.append(try rolls.complete())
      outcome.files.append(rolls.url)
    }
    if let tokens {
      others.append(try tokens.complete(sequences: writer.labelList))
      outcome.files.append(tokens.url)
    }
    try writer.finish(reports: reports, with: others)
    return outcome
  }

  private func write(_ cut: CorpusReader.Cut, tune: Int?) throws(CorpusError) {
    let first = writer.count
    for sequence in cut.sequences {
      try writer.append(sequence)
      try tokens?.append(sequence)
    }
    if let tune { waiting.append((first..<writer.count, tune)) }
    try table?.append(cut.piece, rows: cut.rows)
    try rolls?.append(cut.piece)
  }
}
