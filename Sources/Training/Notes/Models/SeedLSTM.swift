// Three LSTM layers over a vocabulary of notes and chords, as a student project of 2024 had them.
import Torch

/// The network that many tutorials build: every note or chord of the data is one word, and an LSTM predicts the next.
///
/// 1. Each onset is a word of `options.tokens` ("60", "60.64.67"), or "other".
/// 2. A word is heard as a row of zeros with a one at its place.
/// 3. Three LSTM layers of 256, 256 and 128 units, dropout 0.3.
/// 4. One score for each word.
///
/// What it cannot do follows from the words: 60.64.67 and 60.64.68 have nothing in common for it, what is transposed is
/// unknown, and rhythm and velocity do not exist. Unlike the project, which predicted one word from each window of a
/// hundred, it predicts every word from all before it.
///
/// Its surprise is that of the pitches and of which of them sound together, whose first interval of 0 the other
/// networks count under `interval`.
struct SeedLSTM: NoteLearner {
  let options: NoteModelOptions
  let outputs: Set<NoteAttribute> = [.pitch]
  private let vocabulary: ChordVocabulary
  private let layers: LSTMStack
  private let head: LinearLayer

  /// Makes a network with random weights from libtorch's generator.
  init(_ options: NoteModelOptions) throws {
    self.options = options
    vocabulary = try ChordVocabulary(options.tokens)
    layers = try LSTMStack(inputs: vocabulary.count, options)
    head = try LinearLayer(inputs: options.hidden.last ?? 0, outputs: vocabulary.count)
  }

  var parameters: [(name: String, tensor: Tensor)] {
    layers.parameters(under: "lstm") + head.parameters(under: "pitch")
  }

  /// Before the first word no place is 1.
  var startToken: Int { vocabulary.count }

  func classes(of sequence: NoteSequence) throws(TrainingError) -> NoteClasses { try vocabulary.classes(of: sequence) }

  func start(rows: Int) throws(TorchError) -> [Tensor] { try layers.start(rows: rows) }

  func logits(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLogits {
    let words = batch.heard[NoteAttribute.pitch.rawValue]
    var heard = [Float](repeating: 0, count: words.count * vocabulary.count)
    for (cell, word) in words.enumerated() where word < startToken { heard[cell * vocabulary.count + Int(word)] = 1 }
    let top = try layers(heard, batch, state: &state, training: training)
    return [(.pitch, try head(top))]
  }
}
