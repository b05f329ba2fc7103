// Cuts examples out of histories and lays them into a batch.
import Foundation
import Torch

/// Makes batches for one shape of network. What needs no gradient is computed here, once, in plain loops.
struct BatchAssembler {
  let shape: ChromaLiteShapeOptions

  /// Steps of smoothing, of the "recent" and of the "beginning" statistics, as the network is defined.
  private static let smoothing = 5
  private static let recent = 25
  private static let beginning = 12
  /// What a wrong class adds to its log-probability; finite, so that no gradient is NaN.
  private static let forbidden: Float = -1e9

  /// Classes that are right for a label, in this network's order; empty when the network cannot say it.
  func allowedClasses(_ label: ChromaSamples.Label) -> [Int] {
    guard let tonic = label.tonic else { return shape.hasNone ? [shape.families.count * 12] : [] }
    let allowed = label.allowedFamilies
    return shape.families.enumerated().filter { allowed.contains($0.element) }.map { $0.offset * 12 + tonic }
  }

  /// Cuts and joins. `cuts` is not empty.
  func batch(_ cuts: [ChromaCut], of samples: ChromaSamples) throws(TorchError) -> ChromaBatch {
    let width = shape.bands * 12
    let total = cuts.reduce(0) { $0 + $1.steps }
    var smoothed = [Float](repeating: 0, count: total * width)
    var statistics = [Float](repeating: 0, count: cuts.count * 3 * width)
    var targets = [Float](repeating: Self.forbidden, count: cuts.count * shape.classCount)
    var row = 0
    for (index, cut) in cuts.enumerated() {
      let x = steps(cut, of: samples)
      smooth(x, width, into: &smoothed, at: row * width)
      let at = index * 3 * width
      average(x, width, 0..<cut.steps, into: &statistics, at: at)
      average(x, width, max(0, cut.steps - Self.recent)..<cut.steps, into: &statistics, at: at + width)
      average(x, width, 0..<min(cut.steps, Self.beginning), into: &statistics, at: at + 2 * width)
      for right in allowedClasses(samples.labels[cut.sample]) { targets[index * shape.classCount + right] = 0 }
      row += cut.steps
    }
    return ChromaBatch(
      smoothed: try Tensor(smoothed, shape: [total, width]),
      statistics: try Tensor(statistics, shape: [cuts.count, 3 * width]), lengths: cuts.map(\.steps),
      targets: try Tensor(targets, shape: [cuts.count, shape.classCount]))
  }

  /// The cut's features [steps, bands · 12], scaled.
  private func steps(_ cut: ChromaCut, of samples: ChromaSamples) -> [Float] {
    let first = (cut.sample * ChromaSamples.window + cut.start) * ChromaSamples.stepWidth
    let count = cut.steps * ChromaSamples.stepWidth
    return samples.features.withUnsafeBufferPointer { features in
      let source = UnsafeBufferPointer(rebasing: features[first..<first + count])
      if shape.bands == 3 {
        return [Float](unsafeUninitializedCapacity: count) { values, initialized in
          for step in 0..<cut.steps {
            for band in 0..<3 {
              let gain = cut.gains[band]
              for p in 0..<12 {
                let i = step * 36 + band * 12 + p
                values.initializeElement(at: i, to: Float(source[i]) * gain)
              }
            }
          }
          initialized = count
        }
      }
      // A feature is log(1 + s / 4) of a band's salience s, so that of all bands is log(1 + Σ s / 4).
      return [Float](unsafeUninitializedCapacity: cut.steps * 12) { values, initialized in
        for step in 0..<cut.steps {
          for p in 0..<12 {
            var sum: Float = 0
            for band in 0..<3 { sum += exp(Float(source[step * 36 + band * 12 + p])) - 1 }
            values.initializeElement(at: step * 12 + p, to: log(1 + max(0, sum)) * cut.gains[0])
          }
        }
        initialized = cut.steps * 12
      }
    }
  }

  /// Mean of each step and the four before it; steps before the first count as zeros.
  private func smooth(_ x: [Float], _ width: Int, into target: inout [Float], at offset: Int) {
    x.withUnsafeBufferPointer { x in
      target.withUnsafeMutableBufferPointer { target in
        for step in 0..<x.count / width {
          for source in max(0, step - Self.smoothing + 1)...step {
            for i in 0..<width { target[offset + step * width + i] += x[source * width + i] / Float(Self.smoothing) }
          }
        }
      }
    }
  }

  private func average(_ x: [Float], _ width: Int, _ steps: Range<Int>, into target: inout [Float], at offset: Int) {
    let scale = 1 / Float(steps.count)
    for step in steps {
      for i in 0..<width { target[offset + i] += x[step * width + i] * scale }
    }
  }
}
