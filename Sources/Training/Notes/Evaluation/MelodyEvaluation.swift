// How well pitches of melodies are predicted: cross-validation on a folder.

public import Foundation
import Torch

/// Bits a note and share of right guesses of n-gram models, networks and their mixtures, by cross-validation.
///
/// Fold f tests the melodies whose place in the sorted list leaves remainder f; all others are for training, a tenth of
/// them (every `folds`th) for stopping in time and for the weights of the mixtures. Every note is predicted, the first
/// of a melody too. The likelihood is exact, over the pitches that occur in the folder.
public struct MelodyEvaluation: Sendable, Codable {
  /// What was measured of one way of prediction.
  public struct Row: Sendable, Codable, Hashable {
    /// "LTM", "STM", "LTM+STM", "LSTM" or "LSTM+memory".
    public var model: String
    /// Whether durations and onsets of the notes before were known.
    public var usesDurations: Bool
    /// Mean surprise in bits.
    public var bits: Double
    /// Share of notes whose most probable pitch was right.
    public var top1: Double
  }

  /// The rows, pitch only first.
  public private(set) var rows: [Row] = []
  /// Melodies.
  public let melodies: Int
  /// Notes of all melodies.
  public let notes: Int
  /// Different pitches: the alphabet of the likelihood.
  public let pitches: Int
  /// Folds.
  public let folds: Int
  /// Seconds that the whole took.
  public private(set) var seconds = 0.0

  /// What can be chosen.
  public struct Options: Sendable {
    /// Folds, 2...melodies.
    public var folds = 10
    /// Seed of everything random.
    public var seed: UInt64 = 1
    /// Networks whose mean predicts.
    public var networks = MelodyOptions().networks
    /// Passes over the melodies, at most.
    public var epochs = MelodyOptions().epochs
    /// Threads of libtorch.
    public var threads = 1
    /// Folds that are run; nil: all. For trials.
    public var onlyFolds: Int?

    /// The usual choice.
    public init() {}
  }

  /// Measures on all MIDI files of `folder`.
  ///
  /// - Parameter progress: called after each fold and kind of input with what has been done.
  /// - Throws: `TrainingError`, `SourceError` or `StandardMIDIFileError`.
  public init(folder: URL, options: Options = Options(), progress: (String) -> Void = { _ in }) throws {
    try self.init(try Melody.melodies(in: folder), options: options, progress: progress)
  }

  init(
    _ melodies: [Melody], options: Options, network: MelodyOptions = MelodyOptions(),
    progress: (String) -> Void = { _ in }
  ) throws {
    let start = ContinuousClock.now
    guard options.folds >= 2, options.folds <= melodies.count else {
      throw TrainingError(
        "--folds is \(options.folds) for \(melodies.count) melodies; give a number from 2 to the melodies' number.")
    }
    self.melodies = melodies.count
    notes = melodies.reduce(0) { $0 + $1.count }
    folds = options.folds
    let alphabet = Set(melodies.flatMap(\.pitches)).sorted()
    pitches = alphabet.count
    var network = network
    network.networks = options.networks
    network.epochs = options.epochs
    network.threads = options.threads
    try TorchRuntime.setThreads(options.threads)
    var tallies: [MelodyTally] = []
    for usesDurations in [false, true] {
      let runner = MelodyFold(
        features: MelodyFeature.allCases.filter { usesDurations || !$0.isTime }, options: network, alphabet: alphabet)
      var tally = MelodyTally(usesDurations: usesDurations)
      for fold in 0..<min(options.folds, options.onlyFolds ?? options.folds) {
        try runner.run(melodies, fold: fold, of: options.folds, seed: options.seed &+ UInt64(fold), into: &tally)
        let bits = tally.rows.map { "\($0.model) \(String(format: "%.3f", $0.bits))" }.joined(separator: ", ")
        progress("fold \(fold + 1) of \(options.folds)\(usesDurations ? " with durations" : ""): so far \(bits)")
      }
      tallies.append(tally)
    }
    rows = tallies.flatMap(\.rows)
    seconds = (ContinuousClock.now - start) / .seconds(1)
  }
}
