// Sums over the notes that were predicted.

import Foundation

/// Bits and right guesses by model.
struct MelodyTally {
  let usesDurations: Bool
  private var bits: [String: Double] = [:]
  private var right: [String: Int] = [:]
  private var notes: [String: Int] = [:]
  private var order: [String] = []

  init(usesDurations: Bool) { self.usesDurations = usesDurations }

  /// Counts a note that was `target`.
  mutating func add(_ distribution: [Double], target: Int, model: String) {
    if notes[model] == nil { order.append(model) }
    notes[model, default: 0] += 1
    bits[model, default: 0] -= log2(max(distribution[target], .leastNormalMagnitude))
    if distribution.indices.allSatisfy({ $0 == target || distribution[$0] < distribution[target] }) {
      right[model, default: 0] += 1
    }
  }

  var rows: [MelodyEvaluation.Row] {
    order.map { model in
      let count = Double(notes[model] ?? 1)
      return MelodyEvaluation.Row(
        model: model, usesDurations: usesDurations, bits: (bits[model] ?? 0) / count,
        top1: Double(right[model] ?? 0) / count)
    }
  }
}
