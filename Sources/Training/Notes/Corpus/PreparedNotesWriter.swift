// Writes note sequences one after another to a file.

public import Foundation
import Improviser
import Neural

/// Writes what `PreparedNotes` reads, and a table of the sequences beside it (.csv). The events wait in a hidden file
/// until their number is known, so that a collection need not fit in memory; the labels stay, a kilobyte a sequence.
/// Nothing appears under the final names before `finish`. For one thread at a time.
public final class PreparedNotesWriter {
  private static let header = "index,source,split,part,group,name,notes,scale,composer,genre\n"

  private let url: URL
  private let metadata: [String: String]
  private let events: SpoolFile
  private var labels: [PreparedNotes.Label] = []
  private var starts: [Int64] = [0]
  private var parts: [Int32] = []
  private var scales: [Int32] = []

  /// The table of the sequences.
  public var tableURL: URL { url.deletingPathExtension().appendingPathExtension("csv") }
  /// Notes so far.
  public var noteCount: Int { Int(starts.last ?? 0) }
  /// Sequences so far.
  public var count: Int { labels.count }

  /// Sequences so far that belong to one part of the data.
  func count(of split: Split) -> Int { labels.count { Split(group: $0.group) == split } }

  /// The labels so far as a JSON list.
  var labelList: String {
    let list = JSONList()
    for label in labels { list.append(label) }
    return list.list
  }

  /// Begins a file.
  ///
  /// - Throws: `CorpusError.unwritable` when the folder cannot be written to.
  public init(to url: URL, metadata: [String: String] = [:]) throws(CorpusError) {
    self.url = url
    self.metadata = metadata
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
      throw .unwritable(path: url.path, reason: "it is a folder")
    }
    events = try SpoolFile(for: url)
  }

  /// Adds a sequence of at least one event.
  public func append(_ sequence: NoteSequence) throws(CorpusError) {
    guard !sequence.events.isEmpty else { return }
    var numbers: [Int32] = []
    numbers.reserveCapacity(4 * sequence.events.count)
    for event in sequence.events {
      numbers.append(Int32(clamping: event.interval))
      numbers.append(Int32(clamping: event.pitch))
      numbers.append(Int32(clamping: event.duration))
      numbers.append(Int32(clamping: event.velocity))
    }
    try events.append(numbers: numbers)
    labels.append(
      PreparedNotes.Label(
        name: sequence.name, group: sequence.group, source: sequence.source, composer: sequence.composer,
        genre: sequence.genre))
    starts.append(Int64(noteCount + sequence.events.count))
    parts.append(Int32(sequence.part.rawValue))
    scales.append(PreparedNotes.number(sequence.scale))
  }

  /// Changes the group of a sequence, of which more may be known at the end.
  func setGroup(_ group: String, of index: Int) { labels[index].group = group }

  /// Gives the files their names.
  ///
  /// - Throws: `ModelError` or `CorpusError` when they cannot be written.
  public func finish(reports: [SourceReport] = []) throws { try finish(reports: reports, with: []) }

  /// Gives the files their names, and then the `others`; all are complete before the first has its name.
  func finish(reports: [SourceReport], with others: [SpoolFile]) throws {
    var metadata = metadata
    metadata["format"] = PreparedNotes.format
    metadata["sequences"] = labelList
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    metadata["report"] = String(decoding: try encoder.encode(reports), as: UTF8.self)
    let writer = try SafetensorsStreamWriter(
      to: url, metadata: metadata,
      tensors: [
        TensorDeclaration(name: "events", type: .int32, shape: [noteCount, 4]),
        TensorDeclaration(name: "starts", type: .int64, shape: [starts.count]),
        TensorDeclaration(name: "parts", type: .int32, shape: [count]),
        TensorDeclaration(name: "scales", type: .int32, shape: [count]),
      ])
    try events.read { block in try block.withUnsafeBytes { try writer.append($0, to: "events") } }
    try writer.append(starts, to: "starts")
    try writer.append(parts, to: "parts")
    try writer.append(scales, to: "scales")
    let table = try writeTable()
    try writer.finish()
    for file in [table] + others { try file.publish() }
  }

  private func writeTable() throws(CorpusError) -> SpoolFile {
    let table = try SpoolFile(for: tableURL)
    try table.append(Self.header.utf8)
    for (index, label) in labels.enumerated() {
      let part = NotePart(rawValue: Int(parts[index])).map { "\($0)" } ?? ""
      let fields: [String] = [
        "\(index)", label.source, Split(group: label.group).rawValue, part, label.group, label.name,
        "\(starts[index + 1] - starts[index])", PreparedNotes.scale(number: Int(scales[index]))?.name ?? "",
        label.composer ?? "", label.genre ?? "",
      ]
      try table.append(CSVText.row(fields).utf8)
    }
    try table.complete()
    return table
  }
}
