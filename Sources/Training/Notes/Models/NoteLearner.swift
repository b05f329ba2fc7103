// What a training needs of a network that predicts notes.
import Torch

/// A network over windows of note sequences. For one thread.
///
/// Everything random in it comes from libtorch's generator, whose state a checkpoint keeps.
protocol NoteLearner: Module {
  /// The shape, with which the network can be made again.
  var options: NoteModelOptions { get }
  /// The attributes that it predicts.
  var outputs: Set<NoteAttribute> { get }
  /// Whether each note is predicted from those before it alone, so that the network can run live.
  var isCausal: Bool { get }
  /// Whether the end of a sequence is predicted too.
  var hasEnds: Bool { get }
  /// The class of the pitch that stands before the first note.
  var startToken: Int { get }

  /// A sequence as this network reads it.
  func classes(of sequence: NoteSequence) throws(TrainingError) -> NoteClasses

  /// The state before the first note of `rows` sequences, rows first in every tensor; empty for a network without.
  func start(rows: Int) throws(TorchError) -> [Tensor]

  /// Logits [steps · rows, classes] of each predicted attribute, -infinity for what is impossible; moves `state` on.
  ///
  /// A network that is not causal predicts each note given all the others of the window.
  func logits(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLogits

  /// The surprise of all that is to be predicted; moves `state` on.
  func losses(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLosses
}

/// Logits by attribute, in the order of prediction.
typealias NoteLogits = [(attribute: NoteAttribute, logits: Tensor)]

/// The surprise at a window.
struct NoteLosses {
  /// Sums in nats by attribute, with their graph.
  var nats: [(attribute: NoteAttribute, nats: Tensor)]
  /// Notes that were predicted.
  var notes: Int
}

extension NoteLearner {
  var isCausal: Bool { true }
  var hasEnds: Bool { outputs.contains(.interval) }

  func classes(of sequence: NoteSequence) throws(TrainingError) -> NoteClasses { try NoteClasses(sequence) }

  func losses(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLosses {
    var nats: [(attribute: NoteAttribute, nats: Tensor)] = []
    for (attribute, logits) in try logits(batch, state: &state, training: training) {
      let targets = try Tensor(batch.targets[attribute.rawValue])
      nats.append((attribute, try logits.crossEntropy(targets: targets, ignoring: NoteBatch.nothing)))
    }
    return NoteLosses(nats: nats, notes: batch.noteCount)
  }
}
