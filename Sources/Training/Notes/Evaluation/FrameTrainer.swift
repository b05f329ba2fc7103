// Trains frame networks and measures them.

import Foundation
import Torch

/// A training of frames with transposition, an average of the weights, and a choice by the validation pieces.
struct FrameTrainer {
  let shape: FrameShape
  let options: FrameEvaluation.Options

  private static let weightDecay = 0.03
  private static let averaging = 0.995
  /// Passes between two looks at the validation pieces.
  private static let lookEvery = 5

  /// The network with the averaged weights of the best pass.
  func train(
    _ training: [[FramePieces.Frame]], validation: [[FramePieces.Frame]], progress: (String) -> Void
  ) throws -> FrameNetwork {
    try TorchRuntime.seed(options.seed)
    var random = SplitMix64(seed: options.seed)
    let network = try FrameNetwork(shape)
    let averaged = try FrameNetwork(shape)
    let optimizer = try AdamW(network.parameters.map(\.tensor), rate: options.rate, weightDecay: Self.weightDecay)
    let batchCount = (training.count + options.batch - 1) / options.batch
    let cycle = OneCycle(start: options.rate / 10, peak: options.rate, steps: options.epochs * batchCount)
    var average = try WeightAverage(of: network, decay: Self.averaging)
    var best = (nats: Double.infinity, values: try network.copies())
    var step = 0
    for epoch in 1...options.epochs {
      var (sum, frames) = (0.0, 0)
      for pieces in batches(training, &random) {
        let rows = pieces.map { (frames: $0, shift: random.integer(options.transposition)) }
        let batch = FrameBatch(rows, shape: shape)
        try optimizer.set(rate: cycle.rate(at: step), weightDecay: Self.weightDecay)
        try network.zeroGradients()
        let loss = try network.logProbabilities(batch, training: true).crossEntropy(targets: Tensor(batch.targets))
        try (loss / Double(batch.frameCount)).backward()
        try network.clipGradients(to: 1)
        try optimizer.step()
        try average.update(from: network)
        step += 1
        sum += try loss.item()
        frames += batch.frameCount
      }
      guard epoch % Self.lookEvery == 0 || epoch == options.epochs else { continue }
      try averaged.load(average.values)
      let nats = try nats(validation, averaged)
      if nats < best.nats { best = (nats, try averaged.copies()) }
      progress(
        "pass \(epoch) of \(options.epochs): training \(String(format: "%.3f", sum / Double(frames))), validation "
          + "\(String(format: "%.3f", nats)) nats a frame")
    }
    try averaged.load(best.values)
    return averaged
  }

  /// Pieces of like length together, in another company every time.
  private func batches(_ pieces: [[FramePieces.Frame]], _ random: inout SplitMix64) -> [[[FramePieces.Frame]]] {
    let order = pieces.map { (Double($0.count) * (1 + 0.3 * random.nextDouble()), $0) }
      .sorted { $0.0 < $1.0 }.map(\.1)
    var batches = stride(from: 0, to: order.count, by: options.batch).map {
      Array(order[$0..<min($0 + options.batch, order.count)])
    }
    batches.shuffle(using: &random)
    return batches
  }

  /// Nats a frame. With several `shifts` the probability of each note is the mean over the transposed readings.
  func nats(_ pieces: [[FramePieces.Frame]], _ network: FrameNetwork, shifts: [Int] = [0]) throws -> Double {
    var (sum, frames) = (0.0, 0)
    for piece in pieces {
      var likelihoods: [Double] = []
      for shift in shifts {
        let batch = FrameBatch([(piece, shift)], shape: shape)
        let logs = try withoutGradients {
          try network.logProbabilities(batch, training: false)
            .gather(1, Tensor(batch.targets, shape: [batch.targets.count, 1])).floats()
        }
        if likelihoods.isEmpty { likelihoods = Array(repeating: 0, count: logs.count) }
        for index in logs.indices { likelihoods[index] += exp(Double(logs[index])) / Double(shifts.count) }
      }
      sum -= likelihoods.reduce(0) { $0 + log(max($1, .leastNormalMagnitude)) }
      frames += piece.count
    }
    return frames > 0 ? sum / Double(frames) : 0
  }
}
