// The sequences of a corpus as tokens.

import Foundation
import Improviser

/// Writes OUT-tokens.safetensors: "tokens" I32, four a note and one at the end of each sequence; the tokens of sequence
/// n are those from "starts"[n] to "starts"[n + 1] (I64 [sequences + 1]). The metadata has the "vocabulary" and the
/// labels of the "sequences". For one thread.
final class TokenSequences {
  /// Where the classes of each part of a note begin in the vocabulary.
  enum Offset {
    static let interval = 0
    static let pitch = interval + NoteVocabulary.intervalCount
    static let duration = pitch + NoteVocabulary.pitchCount
    static let velocity = duration + NoteVocabulary.timeCount
    /// The number of all tokens.
    static let end = velocity + NoteVocabulary.velocityCount
  }

  private struct Field: Encodable {
    var offset: Int
    var count: Int
  }

  private struct Vocabulary: Encodable {
    var size = Offset.end
    var order = ["interval", "pitch", "duration", "velocity"]
    var interval = Field(offset: Offset.interval, count: NoteVocabulary.intervalCount)
    var pitch = Field(offset: Offset.pitch, count: NoteVocabulary.pitchCount)
    var duration = Field(offset: Offset.duration, count: NoteVocabulary.timeCount)
    var velocity = Field(offset: Offset.velocity, count: NoteVocabulary.velocityCount)
    var end_of_sequence = Offset.interval + NoteVocabulary.end
    var ticks_per_beat = NoteVocabulary.ticksPerBeat
    var ticks_of_time_class = NoteVocabulary.times
    var velocity_of_class = (0..<NoteVocabulary.velocityCount).map { NoteVocabulary.velocity(ofClass: $0) }
  }

  private let tensors: TensorSpool
  private var count: Int64 = 0
  let url: URL

  /// Begins the file.
  init(beside output: URL) throws(CorpusError) {
    url = NoteCorpus.url("tokens.safetensors", beside: output)
    tensors = try TensorSpool(
      to: url,
      columns: [.init(name: "starts", type: "I64", size: 8), .init(name: "tokens", type: "I32", size: 4)])
    try tensors.append([count], to: "starts")
  }

  /// The tokens of a sequence.
  static func tokens(of sequence: NoteSequence) -> [Int32] {
    var tokens: [Int32] = []
    tokens.reserveCapacity(4 * sequence.events.count + 1)
    for event in sequence.events {
      tokens.append(Int32(Offset.interval + NoteVocabulary.intervalClass(ticks: event.interval)))
      tokens.append(Int32(Offset.pitch + event.pitch))
      tokens.append(Int32(Offset.duration + NoteVocabulary.durationClass(ticks: event.duration)))
      tokens.append(Int32(Offset.velocity + NoteVocabulary.velocityClass(event.velocity)))
    }
    tokens.append(Int32(Offset.interval + NoteVocabulary.end))
    return tokens
  }

  /// Adds a sequence.
  func append(_ sequence: NoteSequence) throws(CorpusError) {
    let tokens = Self.tokens(of: sequence)
    count += Int64(tokens.count)
    try tensors.append(tokens, to: "tokens")
    try tensors.append([count], to: "starts")
  }

  /// The file, complete; `sequences` is the JSON list of the labels of the sequences.
  func complete(sequences: String) throws -> SpoolFile {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try tensors.complete(
      metadata: [
        "format": "antiphon-tokens 1", "sequences": sequences,
        "vocabulary": String(decoding: try encoder.encode(Vocabulary()), as: UTF8.self),
      ])
  }
}
