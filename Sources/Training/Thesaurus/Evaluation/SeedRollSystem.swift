// The baseline that is the seed project's network, trained on the same patterns.

import Improviser
import Music
import Torch

/// The seed's network. A roll is read by its highest number in each row, as the seed did. For one thread.
final class SeedRollSystem: PatternSystem {
  let name = "seed's network"
  /// Training patterns that fit the roll, among all.
  let fitting: Share
  /// The loss of the last pass, nats a roll.
  private(set) var loss = Double.nan
  private let network: SeedRollNetwork

  private static let (batch, rate) = (32, 3e-4)

  /// Trains the network: Adam, rate 3e-4, batches of 32.
  ///
  /// - Parameters:
  ///   - training: patterns; those that do not fit the roll are left out.
  ///   - progress: called before each step with what is being done; true interrupts.
  init(
    training: [ThesaurusPattern], epochs: Int, seed: UInt64, progress: (String) -> Bool
  ) throws {
    try TorchRuntime.setThreads(1)
    try TorchRuntime.seed(seed)
    network = try SeedRollNetwork()
    let rolls = training.compactMap(PatternRoll.init)
    fitting = Share(rolls.count, of: training.count)
    guard !rolls.isEmpty else {
      throw TrainingError("No training pattern fits the seed's roll; leave its network out.")
    }
    let all = try Tensor(rolls.flatMap(\.values), shape: [rolls.count, PatternRoll.size])
    let optimizer = try AdamW(network.parameters.map(\.tensor), rate: Self.rate, weightDecay: 0)
    for epoch in 0..<epochs {
      var random = SplitMix64(seed: seed, index: UInt64(epoch))
      let order = (0..<Int64(rolls.count)).shuffled(using: &random)
      var sum = 0.0
      for first in stride(from: 0, to: order.count, by: Self.batch) {
        guard !progress("seed's network, pass \(epoch + 1) of \(epochs)") else {
          throw TrainingError("The evaluation was interrupted.")
        }
        let chosen = Array(order[first..<min(first + Self.batch, order.count)])
        let loss = try network.loss(all.indexSelect(0, Tensor(chosen)))
        sum += try loss.item() * Double(chosen.count)
        try network.zeroGradients()
        try loss.backward()
        try optimizer.step()
      }
      loss = sum / Double(rolls.count)
      guard loss.isFinite else { throw TrainingError("The seed's network has lost its numbers; try another --seed.") }
    }
  }

  var parameters: Int? { network.parameterCount }
  var isAllowedByConstruction: Bool { false }
  func reads(_ pattern: ThesaurusPattern) -> Bool { PatternRoll(pattern) != nil }

  func samples(_ count: Int, using random: inout SplitMix64) throws -> [PatternSample] {
    let latent = (0..<count * SeedRollNetwork.latent).map { _ in Float(random.nextGaussian()) }
    return try decode(latent).map(PatternSample.init)
  }

  /// The rows that the pattern has are compared; what the network puts into the others is not looked at.
  func reconstructs(_ patterns: [ThesaurusPattern]) throws -> [Bool] {
    let rolls = patterns.compactMap(PatternRoll.init)
    let decoded = try decode(encode(rolls).mean)
    return zip(rolls, decoded).map { $0.notes.elementsEqual($1.notes.prefix($0.notes.count)) }
  }

  func row(
    from start: ThesaurusPattern, to end: ThesaurusPattern, path: LatentPath, count: Int,
    using random: inout SplitMix64
  ) throws -> [PatternSample] {
    let ends = try encode([start, end].compactMap(PatternRoll.init)).mean
    let (first, last) = (Array(ends.prefix(SeedRollNetwork.latent)), Array(ends.suffix(SeedRollNetwork.latent)))
    let points = (0..<count).flatMap { path.point(from: first, to: last, at: Float($0) / Float(count - 1)) }
    return try decode(points).map(PatternSample.init)
  }

  func divergence(of patterns: [ThesaurusPattern]) throws -> Double? {
    let rolls = patterns.compactMap(PatternRoll.init)
    let (mean, spread) = try encode(rolls)
    return RollFigures.divergence(mean: mean, logVariance: spread) / Double(max(1, rolls.count))
  }

  /// The heads of rolls, one vector after another.
  private func encode(_ rolls: [PatternRoll]) throws -> (mean: [Float], spread: [Float]) {
    try withoutGradients {
      var (means, spreads): ([Float], [Float]) = ([], [])
      for first in stride(from: 0, to: rolls.count, by: 256) {
        let part = rolls[first..<min(first + 256, rolls.count)]
        let heads = try network.encode(Tensor(part.flatMap(\.values), shape: [part.count, PatternRoll.size]))
        means += try heads.mean.floats()
        spreads += try heads.spread.floats()
      }
      return (means, spreads)
    }
  }

  /// The rolls of latent vectors that stand one after another.
  private func decode(_ latent: [Float]) throws -> [PatternRoll] {
    try withoutGradients {
      var rolls: [PatternRoll] = []
      let width = SeedRollNetwork.latent
      for first in stride(from: 0, to: latent.count, by: 256 * width) {
        let part = Array(latent[first..<min(first + 256 * width, latent.count)])
        let count = part.count / width
        let logits = try network.decode(Tensor(part, shape: [count, width]))
        let notes = try logits.reshape([count, PatternRoll.rows, PatternRoll.columns]).argmax(over: 2)
          .values(as: Int64.self).map(Int.init)
        rolls += (0..<count).map { index in
          PatternRoll(notes: Array(notes[index * PatternRoll.rows..<(index + 1) * PatternRoll.rows]))
        }
      }
      return rolls
    }
  }
}
