// Measures the autoencoder over patterns beside its baselines.

public import Foundation
import Improviser
import Music

/// All figures of the model and of what it is compared with.
public struct ThesaurusEvaluation: Sendable, Codable {
  /// What is measured and how much of it.
  public struct Options: Sendable {
    /// Patterns that each system draws.
    public var samples = 10_000
    /// Pairs of held-out patterns that are joined.
    public var pairs = 1000
    /// Passes of the seed's network over the training patterns; 0 leaves it out.
    public var baselineEpochs = 250
    /// Whether the other baselines are measured as well.
    public var hasBaselines = true
    /// Steps of decoding that are timed.
    public var timedSteps = 100_000
    /// Seed of everything random.
    public var seed: UInt64 = 1

    /// 10,000 samples and 1,000 pairs, with all baselines.
    public init() {}
  }

  /// The figures of one system.
  public struct Column: Sendable, Codable {
    /// The system.
    public var name: String
    /// Numbers that were trained; nil where none were.
    public var parameters: Int?
    /// Whether nothing but allowed patterns can come out.
    public var isAllowedByConstruction: Bool
    /// Of samples.
    public var samples: SampleFigures
    /// Patterns that come out as they went in: of the training set, unseen ones of seen classes, and of unseen classes.
    public var reconstruction: [Share]
    /// The same before a search among allowed patterns; empty where there is none.
    public var plainReconstruction: [Share]
    /// Rows between pairs, in notes of the cells: "linear" and "spherical" at equal distances in the latent space, and
    /// for the model the same "evenly spaced" by changed notes (`MorphWalk`). Empty where what is decoded may be no
    /// pattern and has no cell.
    public var cells: [String: PathFigures]
    /// The same in notes of lines of 37.
    public var lines: [String: PathFigures]
    /// The seed's own metrics.
    public var rolls: RollFigures
  }

  /// Patterns in a row between two, both included.
  public static let row = 10
  /// The parts of `Column.reconstruction`.
  static let parts = ["training patterns", "unseen patterns", "unseen classes"]

  /// The name of the model's file.
  public var model: String
  /// How many patterns train, and how many are held out, in the order of `Column.reconstruction`.
  public var patterns: [Int]
  /// The systems; the model first.
  public var columns: [Column]
  /// Training patterns that fit the seed's roll; nil when its network was left out.
  public var seedTraining: Share?
  /// The loss of its last pass, nats a roll.
  public var seedLoss: Double?
  /// Times of the model's decoder.
  public var decoding: DecodeTime

  /// Measures the model of a file. Takes minutes, most of them for the seed's network.
  ///
  /// - Parameter progress: called with what is being done; true interrupts.
  public init(
    contentsOf file: URL, split: PatternSplit = .standard, options: Options = Options(),
    progress: (String) -> Bool = { _ in false }
  ) throws {
    let network = ModelSystem(try ThesaurusModel(contentsOf: file))
    var systems: [any PatternSystem] = [network]
    if options.hasBaselines, options.baselineEpochs > 0 {
      let seed = try SeedRollSystem(
        training: split.training, epochs: options.baselineEpochs, seed: options.seed, progress: progress)
      (seedTraining, seedLoss) = (seed.fitting, seed.loss)
      systems.append(seed)
    }
    if options.hasBaselines {
      systems.append(RandomSystem())
      systems.append(NeighbourSystem(training: split.training))
    }
    model = file.lastPathComponent
    patterns = [split.training, split.unseenPatterns, split.unseenClasses].map(\.count)
    let measurement = PatternMeasurement(split: split, options: options)
    columns = try systems.map { try measurement.column($0, progress: progress) }
    var random = SplitMix64(seed: options.seed, index: 3)
    decoding = DecodeTime(network.decoder, steps: options.timedSteps, random: &random)
  }

  /// The figures as one JSON object.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
