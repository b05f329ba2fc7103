// Measures a network on the validation split, always on the same examples.
import Torch

/// Fixed examples of held-out samples: each whole, and each cut once at random.
struct Validation {
  private let cuts: [ChromaCut]
  private let assembler: BatchAssembler
  private let samples: ChromaSamples

  private static let batch = 256
  private static let seed: UInt64 = 0x5ca1e

  /// What was measured.
  struct Result {
    /// [examples, classes]
    var logits: Tensor
    var targets: Tensor
    /// Mean surprise at the right classes, nats.
    var loss: Double
    /// Share of the examples whose most probable class is right.
    var accuracy: Double
  }

  /// `places` are the samples to use.
  init(_ places: [Int], of samples: ChromaSamples, assembler: BatchAssembler) {
    self.samples = samples
    self.assembler = assembler
    var cuts: [ChromaCut] = []
    for place in places {
      let steps = samples.labels[place].steps
      var random = SplitMix64(seed: Self.seed, index: UInt64(place))
      cuts.append(ChromaCut(whole: place, steps: steps))
      var cut = ChromaCut(sample: place, available: steps, random: &random)
      cut.gains = [1, 1, 1]
      cuts.append(cut)
    }
    // Like lengths together make batches of like size.
    self.cuts = cuts.sorted { ($0.steps, $0.sample) < ($1.steps, $1.sample) }
  }

  /// Runs the network over all examples.
  func measure(_ network: ChromaLiteNetwork) throws -> Result {
    try withoutGradients {
      var logits: [Tensor] = []
      var targets: [Tensor] = []
      for start in stride(from: 0, to: cuts.count, by: Self.batch) {
        let batch = try assembler.batch(Array(cuts[start..<min(start + Self.batch, cuts.count)]), of: samples)
        logits.append(try network.logits(batch, training: false))
        targets.append(batch.targets)
      }
      let all = try Tensor.cat(logits, along: 0)
      let right = try Tensor.cat(targets, along: 0)
      let best = try all.argmax(over: 1).reshape([cuts.count, 1])
      let hits = try right.gather(1, best).floats().count { $0 == 0 }
      return Result(
        logits: all, targets: right, loss: try ScaleLoss.surprise(logits: all, targets: right).mean().item(),
        accuracy: Double(hits) / Double(cuts.count))
    }
  }
}
