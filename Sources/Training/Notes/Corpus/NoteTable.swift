// The table of all notes of a corpus.

import Foundation

/// Writes one row a note, as CSV and as safetensors.
///
/// The tensors, one number a note: "start" and "end" F64 in seconds, "start_beat" and "duration_beats" F64 in quarter
/// notes, "pitch", "velocity", "instrument" (0…127 General MIDI, 128 drums), "piece" and "composer" I32. The last two
/// are places in the JSON lists "pieces" and "composers" of the metadata, which also has "instruments". For one thread.
final class NoteTable {
  static let header = "pitch,velocity,start,end,start_beat,duration_beats,instrument,instrument_name,piece,composer\n"
  /// Where no composer is known.
  static let unknown = "unknown"

  private let text: SpoolFile
  private let tensors: TensorSpool
  private let pieceNames = JSONList()
  private var composers: [String] = []
  private var placeOfComposer: [String: Int32] = [:]
  private var pieceCount: Int32 = 0
  let urls: [URL]

  /// Begins OUT-notes.csv and OUT-notes.safetensors.
  init(beside output: URL) throws(CorpusError) {
    urls = ["csv", "safetensors"].map { NoteCorpus.url("notes.\($0)", beside: output) }
    text = try SpoolFile(for: urls[0])
    try text.append(Self.header.utf8)
    tensors = try TensorSpool(
      to: urls[1],
      columns: ["start", "end", "start_beat", "duration_beats"].map { .init(name: $0, type: "F64", size: 8) }
        + ["pitch", "velocity", "instrument", "piece", "composer"].map { .init(name: $0, type: "I32", size: 4) })
  }

  /// The rows of a piece; slow, and so made by the thread that read the piece.
  static func rows(of piece: CorpusPiece) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(piece.notes.count * 100)
    let instruments = GeneralMIDI.names.map { CSVText.quoted($0) }
    let name = CSVText.quoted(piece.source + "/" + piece.name)
    let composer = CSVText.quoted(piece.composer ?? unknown)
    let end = Array(",\(name),\(composer)\n".utf8)
    for note in piece.notes {
      text.append(decimal: Int(note.pitch))
      text.append(UInt8(ascii: ","))
      text.append(decimal: Int(note.velocity))
      for number in [note.start, note.end, note.beat, note.duration] {
        text.append(UInt8(ascii: ","))
        text.append(millionths: number)
      }
      text.append(UInt8(ascii: ","))
      text.append(decimal: Int(note.instrument))
      text.append(UInt8(ascii: ","))
      text += instruments[Int(note.instrument)].utf8
      text += end
    }
    return text
  }

  /// Adds a piece with the rows that `rows(of:)` made of it.
  func append(_ piece: CorpusPiece, rows: [UInt8]) throws(CorpusError) {
    try text.append(rows)
    try tensors.append(piece.notes.map(\.start), to: "start")
    try tensors.append(piece.notes.map(\.end), to: "end")
    try tensors.append(piece.notes.map(\.beat), to: "start_beat")
    try tensors.append(piece.notes.map(\.duration), to: "duration_beats")
    try tensors.append(piece.notes.map { Int32($0.pitch) }, to: "pitch")
    try tensors.append(piece.notes.map { Int32($0.velocity) }, to: "velocity")
    try tensors.append(piece.notes.map { Int32($0.instrument) }, to: "instrument")
    try tensors.append(piece.notes.map { _ in pieceCount }, to: "piece")
    let composer = place(ofComposer: piece.composer ?? Self.unknown)
    try tensors.append(piece.notes.map { _ in composer }, to: "composer")
    pieceNames.append(piece.source + "/" + piece.name)
    pieceCount += 1
  }

  /// Both files, complete.
  func complete() throws -> [SpoolFile] {
    try text.complete()
    let metadata = [
      "format": "antiphon-note-table 1", "pieces": pieceNames.list, "composers": JSONList(composers).list,
      "instruments": JSONList(GeneralMIDI.names).list,
    ]
    return [text, try tensors.complete(metadata: metadata)]
  }

  private func place(ofComposer name: String) -> Int32 {
    if let place = placeOfComposer[name] { return place }
    let place = Int32(composers.count)
    composers.append(name)
    placeOfComposer[name] = place
    return place
  }
}

extension [UInt8] {
  /// Appends the digits of a number.
  mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var left = number.magnitude
    let start = count
    repeat {
      append(UInt8(ascii: "0") + UInt8(left % 10))
      left /= 10
    } while left > 0
    self[start...].reverse()
  }

  /// Appends a number of at most 10^12 with as many of six decimals as it needs.
  mutating func append(millionths number: Double) {
    let scaled = Int((number * 1e6).rounded())
    if scaled < 0 { append(UInt8(ascii: "-")) }
    append(decimal: Int(scaled.magnitude / 1_000_000))
    var fraction = scaled.magnitude % 1_000_000
    guard fraction > 0 else { return }
    append(UInt8(ascii: "."))
    var unit: UInt = 100_000
    while fraction > 0 {
      append(UInt8(ascii: "0") + UInt8(fraction / unit))
      fraction %= unit
      unit /= 10
    }
  }
}
