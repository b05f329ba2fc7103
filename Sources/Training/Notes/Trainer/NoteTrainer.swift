// The training loop of note networks.
import Foundation
import Torch

/// Trains networks by truncated back-propagation through time. Everything random follows from the seed: the order and
/// the variations of the sequences from (seed, pass, sequence), weights and dropout from libtorch's generator, whose
/// state a checkpoint keeps.
struct NoteTrainer {
  private let options: NoteTrainingOptions

  /// A trainer of networks of one kind.
  init(_ options: NoteTrainingOptions) { self.options = options }

  /// Trains until the last pass, or until the validation bits have not fallen for `patience` passes.
  ///
  /// - Parameter isInterrupted: asked after each step; when true, a checkpoint is written and an error says so.
  /// - Returns: the averaged network of the best pass.
  func train(
    training: [NoteSequence], validation: [NoteSequence], isInterrupted: () -> Bool = { false }
  ) throws -> NoteNetwork {
    try run(training: training, validation: validation, isInterrupted: isInterrupted).network
  }

  /// The same with the history of the training.
  func run(
    training: [NoteSequence], validation: [NoteSequence], isInterrupted: () -> Bool = { false }
  ) throws -> (network: NoteNetwork, history: [NoteEpoch]) {
    let run = try NoteTrainingRun(options, training: training, validation: validation)
    try run.train(isInterrupted: isInterrupted)
    return (try run.bestNetwork(), run.history)
  }

  /// The surprise of a network at sequences, with the scale told or hidden.
  static func measure(
    _ network: NoteNetwork, on sequences: [NoteSequence], isScaleHidden: Bool = false
  ) throws -> NoteBits {
    var augmentation = NoteAugmentation.none
    augmentation.hiddenScales = isScaleHidden ? 1 : 0
    let rows = min(64, max(1, sequences.count))
    var streams = NoteStreams(
      sequences, rows: rows, augmentation: augmentation, seed: 0, isEndless: false,
      hasEnds: network.options.outputs.contains(.interval))
    var bits = NoteBits()
    try withoutGradients {
      var state = try network.start(rows: rows)
      while let batch = try streams.window(steps: 128) {
        let losses = try network.losses(batch, state: &state, training: false)
        bits.add(try losses.map { ($0.attribute, try $0.nats.item()) }, notes: batch.noteCount)
      }
    }
    return bits
  }
}
