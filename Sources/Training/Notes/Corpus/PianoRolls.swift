// The piano rolls of a corpus.

import Foundation

/// Writes OUT-rolls.safetensors: "roll" U8 [frames, 128], the velocity of the loudest note of each pitch in each frame
/// and 0 where none sounds; the frames of piece n are those from "starts"[n] to "starts"[n + 1] (I64 [pieces + 1]). The
/// metadata has the names, "pieces", and the "rate". Percussion is left out. For one thread.
final class PianoRolls {
  /// Frames that are drawn at once.
  private static let block = 1024

  private let rate: RollRate
  private let tensors: TensorSpool
  private let names = JSONList()
  private var frames: Int64 = 0
  let url: URL

  /// Begins the file.
  init(beside output: URL, rate: RollRate) throws(CorpusError) {
    self.rate = rate
    url = NoteCorpus.url("rolls.safetensors", beside: output)
    tensors = try TensorSpool(
      to: url,
      columns: [
        .init(name: "starts", type: "I64", size: 8), .init(name: "roll", type: "U8", size: 1, inner: [128]),
      ])
    try tensors.append([frames], to: "starts")
  }

  /// Adds a piece whose notes are in the order of their onsets.
  func append(_ piece: CorpusPiece) throws(CorpusError) {
    let notes = piece.notes.filter { $0.instrument != Int16(GeneralMIDI.drums) }
      .map { (frames: rate.frames(of: $0), pitch: Int($0.pitch), velocity: UInt8(clamping: $0.velocity)) }
      .sorted { $0.frames.lowerBound < $1.frames.lowerBound }
    let length = notes.map(\.frames.upperBound).max() ?? 0
    var waiting = notes[...]
    var sounding: [(frames: Range<Int>, pitch: Int, velocity: UInt8)] = []
    for start in stride(from: 0, to: length, by: Self.block) {
      let block = start..<min(start + Self.block, length)
      let begun = waiting.prefix { $0.frames.lowerBound < block.upperBound }
      sounding += begun
      waiting = waiting.dropFirst(begun.count)
      var roll = [UInt8](repeating: 0, count: 128 * block.count)
      for note in sounding {
        for frame in note.frames.clamped(to: block) {
          let cell = 128 * (frame - start) + note.pitch
          roll[cell] = max(roll[cell], note.velocity)
        }
      }
      sounding.removeAll { $0.frames.upperBound <= block.upperBound }
      try tensors.append(roll, to: "roll")
    }
    frames += Int64(length)
    try tensors.append([frames], to: "starts")
    names.append(piece.source + "/" + piece.name)
  }

  /// The file, complete.
  func complete() throws -> SpoolFile {
    try tensors.complete(
      metadata: ["format": "antiphon-rolls 1", "pieces": names.list, "rate": rate.description])
  }
}
