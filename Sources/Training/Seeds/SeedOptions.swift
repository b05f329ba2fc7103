// How thoroughly the seeds are repeated.
public import Foundation

/// What decides the outcome of a repetition.
public struct SeedOptions: Sendable {
  /// Seconds instead of minutes: small networks, few pieces. The figures say nothing then.
  public var isQuick = false
  /// Seed of everything random.
  public var seed: UInt64 = 1
  /// Threads of libtorch.
  public var threads = 1
  /// A note model of any kind, measured beside the network of `musicnet`; nil for none.
  public var noteModel: URL?
  /// A scale model and the data set of the preset "seed" on which it is measured; nil for none.
  public var scales: (model: URL, dataSet: URL)?

  /// What a table of a quick repetition says in place of remarks.
  static let quickRemark = "A quick run only shows that everything runs; these figures say nothing."

  /// The options of the figures in the documentation, but for the models.
  public init() {}

  /// Throws a sentence for a value that cannot work.
  func validate() throws(TrainingError) {
    guard (1...1024).contains(threads) else {
      throw TrainingError("--threads is \(threads); give a number from 1 to 1024.")
    }
  }
}
