// The scale of a whole file from the classifier's answers for overlapping windows.
import Foundation
import ScaleDetector

/// How the answers for windows become one answer for the whole: the mean of the logarithms of the probabilities.
/// A scale must be believable throughout; one that a window rules out loses.
enum WholeScale {
  /// Seconds of sound in a window and from one window to the next.
  static let windowSeconds = 30.0
  static let strideSeconds = 15.0
  /// No window may rule out a class entirely: the classifier is never that sure.
  static let leastProbability: Float = 1e-6

  /// The best answers for the whole, best first; "no scale" with certainty when nothing sounded.
  static func whole(_ history: StepHistory, model: ChromaLite, classes: ScaleClasses) -> [ScaleBelief] {
    let ends = windows(count: history.count, stepRate: history.stepRate)
    // One pass over the steps: the stream keeps the window, and each step is mixed once although windows overlap.
    let stream = ChromaLiteStream(model: model)
    var next = 0
    var posteriors: [Posterior] = []
    for window in ends {
      while next < window.upperBound {
        history.withStep(next) { stream.process($0) }
        next += 1
      }
      let posterior = stream.posterior(last: window.count)
      posteriors.append(classes == .majorMinor ? posterior.majorMinor : posterior)
    }
    guard let first = posteriors.first else { return [ScaleBelief(scale: nil, confidence: 1)] }
    let pooled = pool(posteriors.map(\.probabilities)).map { Float($0) }
    let whole = Posterior(families: first.families, hasNone: first.hasNone, probabilities: pooled)
    return whole.top(FileAnalysis.alternatives + 1).map {
      ScaleBelief(scale: $0.scale, confidence: Double($0.probability))
    }
  }

  /// The windows over `count` steps; the last ends at the end of the file. One window when the file is short.
  static func windows(count: Int, stepRate: Double) -> [Range<Int>] {
    guard count > 0 else { return [] }
    let length = max(1, Int((windowSeconds * stepRate).rounded()))
    let stride = max(1, Int((strideSeconds * stepRate).rounded()))
    if count <= length { return [0..<count] }
    var starts = Array(Swift.stride(from: 0, through: count - length, by: stride))
    if let last = starts.last, last < count - length { starts.append(count - length) }
    return starts.map { $0..<($0 + length) }
  }

  /// Pools the windows' probabilities, class by class, into one distribution.
  ///
  /// - Parameter posteriors: for each window the probabilities of the classes, all of the same length.
  /// - Returns: probabilities that sum to 1; empty when there is no window.
  static func pool(_ posteriors: [[Float]]) -> [Double] {
    guard let classes = posteriors.first?.count, classes > 0 else { return [] }
    var logs = [Double](repeating: 0, count: classes)
    for posterior in posteriors where posterior.count == classes {
      for (index, probability) in posterior.enumerated() {
        let bounded = probability > leastProbability ? probability : leastProbability
        logs[index] += log(Double(bounded)) / Double(posteriors.count)
      }
    }
    let largest = logs.max() ?? 0
    let scaled = logs.map { exp($0 - largest) }
    let sum = scaled.reduce(0, +)
    return scaled.map { $0 / sum }
  }
}
