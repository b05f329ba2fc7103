// The binary layout of labelled pieces.

import Music

/// Appends labelled pieces to bytes. Counts take four bytes, times eight, pitches, velocities and channels one.
struct PieceWriter {
  var bytes: [UInt8]

  mutating func write(_ piece: LabelledPiece) {
    for text in [piece.source, piece.name, piece.group] { write(text: text) }
    bytes.append(UInt8(piece.tonic.rawValue))
    write(text: piece.families.map(\.rawValue).joined(separator: ","))
    write(count: piece.notes.count)
    for note in piece.notes {
      for value in [note.pitch, note.velocity, note.channel] { bytes.append(UInt8(clamping: value)) }
      write(integer: note.onset.bitPattern)
      write(integer: note.duration.bitPattern)
    }
  }

  mutating func write(text: String) {
    write(count: text.utf8.count)
    bytes += text.utf8
  }

  mutating func write(count: Int) { write(integer: UInt32(clamping: count)) }

  private mutating func write<Integer: FixedWidthInteger>(integer: Integer) {
    withUnsafeBytes(of: integer.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

/// Reads what `PieceWriter` wrote; any bytes give values or `Damage`.
struct PieceReader {
  /// The bytes are not those of labelled pieces.
  struct Damage: Error {}

  /// Bytes of a piece with empty texts and no notes.
  static let smallestPiece = 21
  private static let noteSize = 19

  let bytes: [UInt8]
  var offset: Int

  mutating func piece() throws(Damage) -> LabelledPiece {
    let (source, name, group) = (try text(), try text(), try text())
    guard let tonic = PitchClass(rawValue: Int(try integer(UInt8.self))) else { throw Damage() }
    let families = try text().split(separator: ",").map { ScaleFamily(rawValue: String($0)) }
    guard !families.isEmpty, !families.contains(nil) else { throw Damage() }
    let count = try count(ofAtLeast: Self.noteSize)
    var notes: [Note] = []
    notes.reserveCapacity(count)
    for _ in 0..<count { notes.append(try note()) }
    return LabelledPiece(
      source: source, name: name, group: group, notes: notes, tonic: tonic, families: families.compactMap(\.self))
  }

  mutating func text() throws(Damage) -> String {
    let count = try count(ofAtLeast: 1)
    defer { offset += count }
    return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
  }

  /// A number of things of at least `size` bytes each; damage when the file has no room for them.
  mutating func count(ofAtLeast size: Int) throws(Damage) -> Int {
    let count = Int(try integer(UInt32.self))
    guard count <= (bytes.count - offset) / size else { throw Damage() }
    return count
  }

  private mutating func note() throws(Damage) -> Note {
    let pitch = Int(try integer(UInt8.self))
    let velocity = Int(try integer(UInt8.self))
    let channel = Int(try integer(UInt8.self))
    let onset = Double(bitPattern: try integer(UInt64.self))
    let duration = Double(bitPattern: try integer(UInt64.self))
    guard onset.isFinite, duration.isFinite else { throw Damage() }
    return Note(pitch: pitch, velocity: velocity, onset: onset, duration: duration, channel: channel)
  }

  private mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type) throws(Damage) -> Integer {
    let size = MemoryLayout<Integer>.size
    guard bytes.count - offset >= size else { throw Damage() }
    defer { offset += size }
    return Integer(
      littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Integer.self) })
  }
}
