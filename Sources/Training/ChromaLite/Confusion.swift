// Which family was taken for which, from logits.
import Music
import Torch

/// Counts of answers by truth. A family on another tonic counts as that family: the picture shows what modes look like.
struct Confusion {
  let names: [String]
  /// `counts[truth][answer]`
  private(set) var counts: [[Int]]

  /// An example with several right families counts as its answer when that is right, else as the first of them.
  init(logits: Tensor, targets: Tensor, families: [ScaleFamily], hasNone: Bool) throws(TorchError) {
    names = families.map(\.displayName) + (hasNone ? ["none"] : [])
    counts = Array(repeating: Array(repeating: 0, count: names.count), count: names.count)
    let answers = try logits.argmax(over: 1).values(as: Int64.self).map(Int.init)
    let allowed = try targets.floats()
    let classes = families.count * 12 + (hasNone ? 1 : 0)
    for (example, answer) in answers.enumerated() {
      let row = allowed[example * classes..<(example + 1) * classes]
      guard let first = row.firstIndex(of: 0) else { continue }
      let isRight = row[row.startIndex + answer] == 0
      counts[isRight ? answer / 12 : (first - row.startIndex) / 12][answer / 12] += 1
    }
  }
}
