// Makes prepared notes from folders of scores.

public import Foundation

/// Reads folders of MIDI, MusicXML, ABC and MusicNet files into one file of note sequences, and on request into a table
/// of notes, piano rolls and tokens.
///
/// Each folder is a source, named like itself. Pieces in one subfolder (of the folder "scores", where there is one) are
/// one group, a composer for example; a piece beside them is its own group; tunes in ABC are grouped by title and
/// beginning, recordings of MusicNet by composer. The outcome depends on the files and the options alone, not on the
/// number of threads. A piece that has the same notes as one before it is left out.
public enum NoteCorpus {
  /// Sequences of fewer notes are left out.
  public static let fewestNotes = 16
  /// How much is read ahead, in bytes of memory.
  private static let budget = 64 << 20

  /// What `prepare` made.
  public struct Outcome: Sendable {
    /// One report for each folder and kind of file.
    public var reports: [SourceReport] = []
    /// Why files were left out, and what was odd about others.
    public var summary: [CorpusSummary] = []
    /// Sequences written.
    public var sequences = 0
    /// Of these, how many belong to each part of the data.
    public var splits: [Split: Int] = [:]
    /// Notes written.
    public var notes = 0
    /// The files written.
    public var files: [URL] = []
    /// The recordings beside the labels of MusicNet.
    public var sounds: [URL] = []
  }

  /// Reads `folders` and writes `output` with the files beside it. Nothing is written when this throws, but the report
  /// when no piece is kept.
  ///
  /// - Parameters:
  ///   - command: recorded in the file.
  ///   - progress: called after each file with the source, the number done and the number of all; true interrupts.
  /// - Throws: `CorpusError`, `SourceError` or `ModelError`; single files that cannot be read are reported.
  public static func prepare(
    _ folders: [URL], to output: URL, options: CorpusOptions = CorpusOptions(), command: String = "",
    progress: (_ source: String, _ done: Int, _ of: Int) -> Bool = { _, _, _ in false }
  ) throws -> Outcome {
    guard let first = folders.first else { throw CorpusError.noFolders }
    let listed = try folders.map { try CorpusFolder($0) }
    let all = listed.flatMap(\.files)
    let reader = CorpusReader(
      options: options, tunes: all.contains { $0.kind == .abc } ? try FolkTunes(folder: first) : nil)
    let collector = try CorpusCollector(to: output, options: options, command: command)
    let own = options.shard.range(of: all.count)
    var start = 0
    for folder in listed {
      // Tunes of other shards decide, too, which tunes are variants of one another.
      let places = folder.files.indices.filter { own.contains(start + $0) || folder.files[$0].kind == .abc }
      let isOwn = places.map { own.contains(start + $0) }
      try read(places.map { folder.files[$0] }, isOwn, with: reader, into: collector, options, progress)
      collector.endFolder()
      start += folder.files.count
    }
    var outcome = try collector.finish()
    outcome.sounds = listed.flatMap(\.sounds)
    return outcome
  }

  private static func read(
    _ files: [CorpusFile], _ isOwn: [Bool], with reader: CorpusReader, into collector: CorpusCollector,
    _ options: CorpusOptions, _ progress: (_ source: String, _ done: Int, _ of: Int) -> Bool
  ) throws {
    var kind: CorpusFile.Kind?
    try OrderedWork.run(
      files.count, threads: options.threads, budget: budget, weight: { CorpusReader.weight(of: files[$0]) },
      work: { reader.items(of: files[$0]) },
      consume: { number, items in
        let file = files[number]
        if file.kind != kind, file.kind.isMusic { collector.begin(source: file.source) }
        kind = file.kind
        for item in items { try collector.take(item, isOwn: isOwn[number]) }
        if progress(file.source, number + 1, files.count) { throw CorpusError.interrupted }
      })
  }

  /// A file beside `output`: notes.safetensors and "report.csv" give notes-report.csv.
  static func url(_ name: String, beside output: URL) -> URL {
    let stem = output.deletingPathExtension().lastPathComponent
    return output.deletingLastPathComponent().appending(path: "\(stem)-\(name)")
  }
}
