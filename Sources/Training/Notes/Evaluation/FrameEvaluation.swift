// How well chords on a grid are predicted.

public import Foundation
import Torch

/// Trains a frame network on a file's training pieces, chooses the pass by its validation pieces and measures its test
/// pieces in nats a frame: every note and the end of every frame count, so the likelihood is exact.
public struct FrameEvaluation: Sendable, Codable {
  /// Trained numbers of the network.
  public private(set) var parameters = 0
  /// Frames of the test pieces.
  public private(set) var frames = 0
  /// Nats a frame on the validation pieces, one reading.
  public private(set) var validation = 0.0
  /// Nats a frame on the test pieces, one reading.
  public private(set) var test = 0.0
  /// The same when each probability is the mean over the piece read in all transpositions of the training.
  public private(set) var testTransposed = 0.0
  /// Seconds that the whole took.
  public private(set) var seconds = 0.0

  /// What can be chosen.
  public struct Options: Sendable {
    /// Passes over the training pieces.
    public var epochs = 80
    /// Pieces of a step.
    public var batch = 16
    /// The highest learning rate.
    public var rate = 4e-3
    /// Semitones down and up by which training pieces are transposed.
    public var transposition = -5...6
    /// Seed of everything random.
    public var seed: UInt64 = 1
    /// Threads of libtorch.
    public var threads = 1

    /// The usual choice.
    public init() {}
  }

  /// Trains and measures; `progress` is called now and then with how far it is.
  ///
  /// - Throws: `TrainingError` or `TorchError`.
  public init(file: URL, options: Options = Options(), progress: (String) -> Void = { _ in }) throws {
    try self.init(try FramePieces(contentsOf: file), options: options, progress: progress)
  }

  init(
    _ pieces: FramePieces, options: Options, adjust: (inout FrameShape) -> Void = { _ in },
    progress: (String) -> Void = { _ in }
  ) throws {
    let start = ContinuousClock.now
    guard options.epochs > 0, options.batch > 0 else {
      throw TrainingError("A training needs at least one pass and one piece a step.")
    }
    try TorchRuntime.setThreads(options.threads)
    let highest = pieces.range.upperBound + options.transposition.upperBound
    let lowest = pieces.range.lowerBound + options.transposition.lowerBound
    var shape = FrameShape(highest: highest, pitches: highest - lowest + 1, voices: pieces.mostNotes)
    adjust(&shape)
    let trainer = FrameTrainer(shape: shape, options: options)
    let network = try trainer.train(pieces.training, validation: pieces.validation) { progress($0) }
    parameters = network.parameterCount
    frames = pieces.test.reduce(0) { $0 + $1.count }
    validation = try trainer.nats(pieces.validation, network)
    test = try trainer.nats(pieces.test, network)
    testTransposed = try trainer.nats(pieces.test, network, shifts: Array(options.transposition))
    seconds = (ContinuousClock.now - start) / .seconds(1)
  }

  /// A few lines for a person.
  public var text: String {
    """
    \(parameters) parameters, \(String(format: "%.0f", seconds)) s
    nats a frame, the end of each frame counted: validation \(String(format: "%.3f", validation)), \
    test \(String(format: "%.3f", test)) (\(frames) frames)
    test, mean over transpositions: \(String(format: "%.3f", testTransposed))
    """
  }

  /// One JSON object.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
