// By which a checkpoint knows its data again.

/// The size of a source, and a checksum of the lengths of its sequences (FNV-1a): other data are recognised without
/// reading their notes.
struct NoteSourceSummary: Codable, Equatable, CustomStringConvertible {
  let sequences: Int
  let notes: Int
  let checksum: UInt64

  init(_ source: NoteSource) {
    var checksum: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in 0..<source.count {
      checksum = (checksum ^ UInt64(source.noteCount(index))) &* 0x100_0000_01B3
    }
    sequences = source.count
    notes = source.noteCount
    self.checksum = checksum
  }

  var description: String {
    "\(sequences) sequences of \(notes) notes (checksum \(String(checksum, radix: 16)))"
  }
}
