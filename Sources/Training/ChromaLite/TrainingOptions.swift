// What one training is asked to do.
public import Foundation
public import Music

/// Everything that decides the outcome of a training, and where it goes.
public struct TrainingOptions: Sendable {
  /// Bands of the input: 3, or 1 for their sum.
  public var bands = 3
  /// Channels of the layers over the steps.
  public var hidden = 32
  /// Channels of the layers over the statistics.
  public var mixing = 64
  /// Families to tell apart.
  public var families = ScaleFamily.allCases
  /// Whether "no scale" is an answer.
  public var hasNone = true
  /// Passes over the training split, at most.
  public var epochs = 36
  /// Passes without a better validation loss after which training stops.
  public var patience = 12
  /// Examples of a step.
  public var batch = 64
  /// Learning rate at the start; it rises to twice that and falls to nearly nothing (one cycle).
  public var rate = 2e-3
  /// Decoupled weight decay of AdamW.
  public var weightDecay = 2e-3
  /// Share of the target that is spread over all classes.
  public var labelSmoothing = 0.05
  /// Share of the old value that the averaged weights keep at each step.
  public var averaging = 0.999
  /// Seed of everything random.
  public var seed: UInt64 = 1
  /// Threads of libtorch. More than one helps only on a machine that does nothing else.
  public var threads = 1
  /// Use only this many samples of each split.
  public var sampleLimit: Int?
  /// Continue from the checkpoint beside the output, when there is one.
  public var resumes = false
  /// Epochs between checkpoints.
  public var checkpointInterval = 1
  /// The model file; the card, the history and the pictures go beside it.
  public var output = URL(fileURLWithPath: "presets/models/chromalite.safetensors")
  /// What the model card says of the data.
  public var data = "not stated"
  /// What the model card says of the data's licence.
  public var licence = "not stated"
  /// The command line, for the model card.
  public var command = "antiphon-train scales train"

  /// The options of the shipped model.
  public init() {}

  /// Major and natural minor only and no "none": the 24 classes of a key detector.
  public mutating func useMajorMinor() {
    families = [.major, .naturalMinor]
    hasNone = false
  }

  var shape: ChromaLiteShapeOptions {
    ChromaLiteShapeOptions(bands: bands, hidden: hidden, mixing: mixing, families: families, hasNone: hasNone)
  }

  /// Throws a sentence for a value that cannot work.
  func validate() throws(TrainingError) {
    func require(_ condition: Bool, _ sentence: String) throws(TrainingError) {
      guard condition else { throw TrainingError(sentence) }
    }
    try require(bands == 1 || bands == 3, "--bands is \(bands); a model has 1 or 3 bands.")
    try require((1...1024).contains(hidden), "--hidden is \(hidden); give a number from 1 to 1024.")
    try require((1...1024).contains(mixing), "--mixing is \(mixing); give a number from 1 to 1024.")
    try require((1...100_000).contains(epochs), "--epochs is \(epochs); give a number from 1 to 100000.")
    try require(patience >= 1, "--patience is \(patience); give a number from 1.")
    try require((1...65536).contains(batch), "--batch is \(batch); give a number from 1 to 65536.")
    try require(rate > 0 && rate < 1, "--rate is \(rate); give a learning rate between 0 and 1, such as 0.002.")
    try require((1...1024).contains(threads), "--threads is \(threads); give a number from 1 to 1024.")
    try require(!families.isEmpty, "No scale families are given; name at least one.")
    try require(Set(families).count == families.count, "A scale family is given twice; name each once.")
    try require(sampleLimit.map { $0 > 0 } ?? true, "--limit-samples must be at least 1.")
  }
}
