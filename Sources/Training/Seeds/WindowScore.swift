// How well the notes of windows are predicted.
import Foundation

/// Surprise and right guesses over predictions.
struct WindowScore {
  /// Sums in nats.
  private(set) var nats: [NoteAttribute: Double] = [:]
  /// Predictions whose most probable pitch, or token, came.
  private(set) var right = 0
  /// Predictions.
  private(set) var count = 0

  /// Nats a prediction of an attribute.
  func nats(_ attribute: NoteAttribute) -> Double { (nats[attribute] ?? 0) / Double(max(1, count)) }

  /// Bits a prediction of some attributes together.
  func bits(_ attributes: [NoteAttribute]) -> Double { attributes.reduce(0) { $0 + nats($1) } / log(2) }

  /// Share of right guesses of the pitch or token.
  var accuracy: Double { Double(right) / Double(max(1, count)) }

  /// Adds the log-probabilities [cells, classes] of an attribute where they are wanted.
  ///
  /// - Parameters:
  ///   - targets: the classes that came, by cell.
  ///   - cells: those that count.
  ///   - isGuess: whether a class counts as a right guess when it is the most probable.
  mutating func add(
    _ attribute: NoteAttribute, _ logits: [Float], targets: [Int64], cells: Range<Int>, isGuess: (Int) -> Bool
  ) {
    let width = logits.count / max(1, targets.count)
    for cell in cells where targets[cell] >= 0 {
      let row = logits[cell * width..<(cell + 1) * width]
      let target = Int(targets[cell])
      nats[attribute, default: 0] -= Double(row[row.startIndex + target])
      guard attribute == .pitch else { continue }
      count += 1
      let best = row.indices.max { row[$0] < row[$1] } ?? row.startIndex
      if best - row.startIndex == target, isGuess(target) { right += 1 }
    }
  }
}
