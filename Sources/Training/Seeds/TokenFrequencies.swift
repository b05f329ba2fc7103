// The simplest prediction: how often each class occurs, whatever came before.
import Foundation

/// Probabilities of the classes of pitches or tokens from their counts, each counted once more than it occurred.
struct TokenFrequencies {
  private let nats: [Double]
  private let mostFrequent: Int
  private let other: Int?

  /// - Parameter other: the class that is never a right guess.
  init(_ pieces: [NoteClasses], classes: Int, other: Int? = nil) {
    var counts = [Int](repeating: 1, count: classes)
    for piece in pieces {
      for value in piece[.pitch] { counts[Int(value)] += 1 }
    }
    let sum = Double(counts.reduce(0, +))
    nats = counts.map { -log(Double($0) / sum) }
    mostFrequent = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    self.other = other
  }

  /// The same predictions as `WindowTraining.score` measures.
  func score(_ pieces: [NoteClasses], _ windows: [NoteWindow], scored: Range<Int>) -> (nats: Double, accuracy: Double) {
    var (sum, right, count) = (0.0, 0, 0)
    for window in windows {
      for value in pieces[window.piece][.pitch][window.start + scored.lowerBound..<window.start + scored.upperBound] {
        sum += nats[Int(value)]
        right += Int(value) == mostFrequent && mostFrequent != other ? 1 : 0
        count += 1
      }
    }
    return (sum / Double(max(1, count)), Double(right) / Double(max(1, count)))
  }
}
