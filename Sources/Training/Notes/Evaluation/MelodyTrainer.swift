// Trains melody networks and asks them.

import Foundation
import Torch

/// Networks that were trained on the same melodies from different seeds, and their common prediction.
struct MelodyTrainer {
  let features: [MelodyFeature]
  let options: MelodyOptions
  /// Pitches that can occur, ascending.
  let alphabet: [Int]

  /// A distribution over the alphabet for each note of each melody.
  typealias Predictions = [[[Double]]]

  /// Trains on `training`, stops by `validation`, and predicts `melodies`.
  func predictions(
    training: [Melody], validation: [Melody], for melodies: [Melody], seed: UInt64
  ) throws -> Predictions {
    var sums: Predictions = melodies.map { $0.pitches.map { _ in Array(repeating: 0, count: alphabet.count) } }
    for number in 0..<options.networks {
      let network = try train(training, validation, seed: seed &+ UInt64(number) &* 1_000)
      for (index, melody) in melodies.enumerated() {
        for (step, distribution) in try predict(melody, network).enumerated() {
          for place in distribution.indices {
            sums[index][step][place] += distribution[place] / Double(options.networks)
          }
        }
      }
    }
    return sums
  }

  private func train(_ training: [Melody], _ validation: [Melody], seed: UInt64) throws -> MelodyNetwork {
    try TorchRuntime.seed(seed)
    var random = SplitMix64(seed: seed)
    let network = try MelodyNetwork(features: features, options: options)
    let optimizer = try AdamW(
      network.parameters.map(\.tensor), rate: options.rate, weightDecay: options.weightDecay)
    let batchCount = (training.count + options.batch - 1) / options.batch
    let cycle = OneCycle(start: options.rate / 3, peak: options.rate, steps: options.epochs * batchCount)
    var average = try WeightAverage(of: network, decay: 0.97)
    let averaged = try MelodyNetwork(features: features, options: options)
    var best = (loss: Double.infinity, values: try network.copies())
    var looksWithout = 0
    var step = 0
    for epoch in 1...options.epochs {
      // Melodies of like length go together, in another company every time.
      let order = training.map { (Double($0.count) * (1 + 0.3 * random.nextDouble()), $0) }
        .sorted { $0.0 < $1.0 }.map(\.1)
      var batches = stride(from: 0, to: order.count, by: options.batch).map {
        Array(order[$0..<min($0 + options.batch, order.count)])
      }
      batches.shuffle(using: &random)
      for melodies in batches {
        let rows = melodies.map { ($0, random.integer(-options.transposition...options.transposition)) }
        let batch = MelodyBatch(rows, features: features)
        try optimizer.set(rate: cycle.rate(at: step), weightDecay: options.weightDecay)
        try network.zeroGradients()
        let loss = try network.logProbabilities(batch, training: true).crossEntropy(targets: Tensor(batch.targets))
        let notes = melodies.reduce(0) { $0 + $1.count }
        try (loss / Double(notes)).backward()
        try network.clipGradients(to: 1)
        try optimizer.step()
        try average.update(from: network)
        step += 1
      }
      guard epoch % options.lookEvery == 0 || epoch == options.epochs else { continue }
      try averaged.load(average.values)
      let loss = try nats(of: validation, averaged)
      if loss < best.loss {
        best = (loss, try averaged.copies())
        looksWithout = 0
      } else {
        looksWithout += 1
        if looksWithout > options.patience { break }
      }
    }
    try averaged.load(best.values)
    return averaged
  }

  private func nats(of melodies: [Melody], _ network: MelodyNetwork) throws -> Double {
    guard !melodies.isEmpty else { return 0 }
    let batch = MelodyBatch(melodies.map { ($0, 0) }, features: features)
    return try withoutGradients {
      try network.logProbabilities(batch, training: false).crossEntropy(targets: Tensor(batch.targets)).item()
    }
  }

  /// The distributions over the alphabet: the mean over the transpositions that the network was trained on.
  private func predict(_ melody: Melody, _ network: MelodyNetwork) throws -> [[Double]] {
    let shifts = Array(-options.transposition...options.transposition)
    let batch = MelodyBatch(shifts.map { (melody, $0) }, features: features)
    let logs = try withoutGradients { try network.logProbabilities(batch, training: false).floats() }
    return (0..<melody.count).map { step in
      var distribution = Array(repeating: 0.0, count: alphabet.count)
      for (row, shift) in shifts.enumerated() {
        let cell = (step * shifts.count + row) * 128
        for (place, pitch) in alphabet.enumerated() where (0...127).contains(pitch + shift) {
          distribution[place] += exp(Double(logs[cell + pitch + shift]))
        }
      }
      let sum = distribution.reduce(0, +)
      return distribution.map { $0 / sum }
    }
  }
}
