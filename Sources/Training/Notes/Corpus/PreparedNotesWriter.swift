// Writes note sequences one after another to a file.

public import Foundation
import Improviser
import Neural

/// Writes what `PreparedNotes` reads, and a table of the sequences beside it (.csv). The events wait in a hidden file
/// until their number is known, so that a collection need not fit in memory. Nothing appears under the final names
/// before `finish`. For one thread at a time.
public final class PreparedNotesWriter {
  private static let header = "index,source,split,part,group,name,notes,scale\n"
  /// Bytes that are copied at once.
  private static let chunk = 1 << 20

  private let url: URL
  private let metadata: [String: String]
  private let spool: URL
  private let file: FileHandle
  private var labels: [PreparedNotes.Label] = []
  private var starts: [Int64] = [0]
  private var parts: [Int32] = []
  private var scales: [Int32] = []
  private var table = header

  /// The table of the sequences.
  public var tableURL: URL { url.deletingPathExtension().appendingPathExtension("csv") }
  /// Notes so far.
  public var noteCount: Int { Int(starts.last ?? 0) }
  /// Sequences so far.
  public var count: Int { labels.count }

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
    spool = url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).\(UUID().uuidString).events")
    guard FileManager.default.createFile(atPath: spool.path, contents: nil),
      let file = FileHandle(forUpdatingAtPath: spool.path)
    else { throw .unwritable(path: url.path, reason: String(cString: strerror(errno))) }
    self.file = file
  }

  deinit {
    try? file.close()
    try? FileManager.default.removeItem(at: spool)
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
    do { try file.write(contentsOf: numbers.withUnsafeBytes { Data($0) }) } catch {
      throw .unwritable(path: url.path, reason: "no space, or the disk failed")
    }
    addRow(sequence)
    labels.append(PreparedNotes.Label(name: sequence.name, group: sequence.group, source: sequence.source))
    starts.append(Int64(noteCount + sequence.events.count))
    parts.append(Int32(sequence.part.rawValue))
    scales.append(PreparedNotes.number(sequence.scale))
  }

  /// Gives the files their names.
  ///
  /// - Throws: `ModelError` or `CorpusError` when they cannot be written.
  public func finish(reports: [SourceReport] = []) throws {
    var metadata = metadata
    metadata["format"] = PreparedNotes.format
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    metadata["sequences"] = String(decoding: try encoder.encode(labels), as: UTF8.self)
    metadata["report"] = String(decoding: try encoder.encode(reports), as: UTF8.self)
    let writer = try SafetensorsStreamWriter(
      to: url, metadata: metadata,
      tensors: [
        TensorDeclaration(name: "events", type: .int32, shape: [noteCount, 4]),
        TensorDeclaration(name: "starts", type: .int64, shape: [starts.count]),
        TensorDeclaration(name: "parts", type: .int32, shape: [count]),
        TensorDeclaration(name: "scales", type: .int32, shape: [count]),
      ])
    try file.seek(toOffset: 0)
    while let data = try file.read(upToCount: Self.chunk), !data.isEmpty {
      try data.withUnsafeBytes { try writer.append($0, to: "events") }
    }
    try writer.append(starts, to: "starts")
    try writer.append(parts, to: "parts")
    try writer.append(scales, to: "scales")
    do { try Data(table.utf8).write(to: tableURL, options: .atomic) } catch {
      throw CorpusError.unwritable(path: tableURL.path, reason: error.localizedDescription)
    }
    try writer.finish()
  }

  private func addRow(_ sequence: NoteSequence) {
    let fields: [String] = [
      "\(count)", sequence.source, sequence.split.rawValue, "\(sequence.part)", sequence.group, sequence.name,
      "\(sequence.events.count)", sequence.scale?.name ?? "",
    ]
    table += fields.map(Self.quoted).joined(separator: ",") + "\n"
  }

  /// A field of a table (RFC 4180).
  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
