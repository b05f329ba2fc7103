// A small training on windows, as the seeds trained: each window begins with a network that remembers nothing.
import Foundation
import Torch

/// Trains and measures a network on windows of pieces. For one thread.
///
/// Antiphon's own models are trained on whole pieces in streams instead, with the state carried; here windows may
/// overlap and be chosen, which is what is to be shown.
struct WindowTraining {
  let learner: any NoteLearner
  /// Notes of a window.
  let length: Int
  /// Windows side by side.
  var batch = 32
  /// Learning rate; at the start of a cycle that rises to twice that and falls.
  var rate = 2e-3
  /// Whether the rate stays as it is, as the seeds had it.
  var isRateConstant = false

  /// Moves the weights by one pass after another over the windows, in a new order in each.
  ///
  /// - Parameters:
  ///   - passed: called after each pass with its number from 1 and its mean surprise in nats a prediction.
  ///   - progress: called before each step; throws to interrupt.
  func train(
    _ pieces: [NoteClasses], _ windows: [NoteWindow], passes: Int, seed: UInt64,
    passed: (_ pass: Int, _ nats: Double) throws -> Void = { _, _ in }, progress: (String) throws -> Void
  ) throws {
    let optimizer = try AdamW(learner.parameters.map(\.tensor), rate: rate, weightDecay: 0)
    let stepsAPass = (windows.count + batch - 1) / batch
    let cycle = OneCycle(start: rate, peak: 2 * rate, steps: passes * stepsAPass)
    var step = 0
    var before = ""
    for pass in 0..<passes {
      var random = SplitMix64(seed: seed, index: UInt64(pass))
      let order = windows.shuffled(using: &random)
      var (sum, count) = (0.0, 0)
      for first in stride(from: 0, to: order.count, by: batch) {
        try progress("pass \(pass + 1)/\(passes), step \(step % stepsAPass + 1)/\(stepsAPass)" + before)
        let window = assemble(pieces, order[first..<min(first + batch, order.count)])
        var state = try learner.start(rows: window.rows)
        let losses = try learner.losses(window, state: &state, training: true)
        guard let head = losses.nats.first else { return }
        let loss = try losses.nats.dropFirst().reduce(head.nats) { try $0 + $1.nats }
        let nats = try loss.item()
        guard nats.isFinite else { throw TrainingError("The loss is no longer a number; try another --seed.") }
        try learner.zeroGradients()
        try (loss / Double(window.steps * window.rows)).backward()
        try learner.clipGradients(to: 1)
        try optimizer.set(rate: isRateConstant ? rate : cycle.rate(at: step), weightDecay: 0)
        try optimizer.step()
        (sum, count) = (sum + nats, count + window.steps * window.rows)
        step += 1
      }
      let mean = sum / Double(max(1, count))
      before = ", \(decimals(mean, 2)) nats in the pass before"
      try passed(pass + 1, mean)
    }
  }

  /// The score of the network on windows.
  ///
  /// - Parameter scored: the notes of each window that count, from 0.
  func score(
    _ pieces: [NoteClasses], _ windows: [NoteWindow], scored: Range<Int>, progress: (String) throws -> Void
  ) throws -> WindowScore {
    var score = WindowScore()
    let tokens = learner.options.tokens.count
    for first in stride(from: 0, to: windows.count, by: batch) {
      try progress("measuring")
      let window = assemble(pieces, windows[first..<min(first + batch, windows.count)])
      try withoutGradients {
        var state = try learner.start(rows: window.rows)
        for (attribute, logits) in try learner.logits(window, state: &state, training: false) {
          let cells = scored.lowerBound * window.rows..<scored.upperBound * window.rows
          score.add(
            attribute, try logits.logSoftmax(over: 1).floats(), targets: window.targets[attribute.rawValue],
            cells: cells
          ) { tokens == 0 || $0 < tokens }
        }
      }
    }
    return score
  }

  private func assemble(_ pieces: [NoteClasses], _ windows: ArraySlice<NoteWindow>) -> NoteBatch {
    var batch = NoteBatch(steps: length, rows: windows.count, startToken: learner.startToken)
    for (row, window) in windows.enumerated() {
      for step in 0..<length { batch.set(step: step, row: row, pieces[window.piece], index: window.start + step) }
    }
    return batch
  }
}
