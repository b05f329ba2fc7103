// The training loop of note networks.
import Foundation
import Torch

/// Trains networks by truncated back-propagation through time. Everything random follows from the seed: the order and
/// the variations of the sequences from (seed, pass, sequence), weights and dropout from libtorch's generator, whose
/// state a checkpoint keeps.
struct NoteTrainer {
  /// A trained network and how it came about.
  struct Outcome {
    /// The averaged network of the best pass.
    var network: any NoteLearner
    var history: [NoteEpoch]
  }

  private let options: NoteTrainingOptions
  private let ranks: TrainingRanks

  /// A trainer of networks of one kind.
  ///
  /// - Parameter group: the processes that train together, each with the same options and data.
  init(_ options: NoteTrainingOptions, group: (any GradientExchange)? = nil) {
    self.options = options
    ranks = TrainingRanks(group)
  }

  /// Trains until the last pass, or until the validation bits have not fallen for `patience` passes.
  ///
  /// - Parameter isInterrupted: asked after each step; when true, a checkpoint is written and an error says so.
  func run(
    training: NoteSource, validation: NoteSource, observer: (any TrainingObserver)? = nil,
    isInterrupted: () -> Bool = { false }
  ) throws -> Outcome {
    let run = try NoteTrainingRun(
      options, training: training, validation: validation, observer: observer, ranks: ranks)
    try run.train(isInterrupted: isInterrupted)
    return Outcome(network: try run.bestNetwork(), history: run.history)
  }

  /// The same from sequences in memory.
  func run(
    training: [NoteSequence], validation: [NoteSequence], isInterrupted: () -> Bool = { false }
  ) throws -> Outcome {
    try run(training: NoteSource(training), validation: NoteSource(validation), isInterrupted: isInterrupted)
  }

  /// The surprise of a network at sequences, with the scale told or hidden.
  static func measure(
    _ network: any NoteLearner, on sequences: [NoteSequence], isScaleHidden: Bool = false
  ) throws -> NoteBits {
    try measure(network, on: NoteSource(sequences), isScaleHidden: isScaleHidden, ranks: TrainingRanks(nil))
  }

  /// The same, divided among the ranks; the result is that of all.
  ///
  /// - Parameter isInterrupted: asked after each window; when true, an error says so.
  static func measure(
    _ network: any NoteLearner, on source: NoteSource, isScaleHidden: Bool = false, ranks: TrainingRanks,
    isInterrupted: () -> Bool = { false }
  ) throws -> NoteBits {
    let source = source.every(ranks.size, from: ranks.rank)
    var augmentation = NoteAugmentation.none
    augmentation.hiddenScales = isScaleHidden ? 1 : 0
    let rows = min(64, max(1, source.count))
    var streams = NoteStreams(
      source, reading: NoteReading(network), rows: rows, augmentation: augmentation, seed: 0, isEndless: false)
    var bits = NoteBits()
    try withoutGradients {
      var state = try network.start(rows: rows)
      while let batch = try streams.window(steps: 128) {
        let losses = try network.losses(batch, state: &state, training: false)
        bits.add(try losses.nats.map { ($0.attribute, try $0.nats.item()) }, notes: losses.notes)
        bits.add([(.pitch, batch.extraNats)], notes: 0)
        if isInterrupted() {
          throw TrainingError("Interrupted while the model was measured; go on with --resume.")
        }
      }
    }
    return try ranks.sum(bits)
  }
}
