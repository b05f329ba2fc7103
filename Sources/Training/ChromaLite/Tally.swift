// Counts right answers by measure, time, condition, kind and family.

/// A table of counts that grows rows as samples come.
struct Tally {
  private struct Row: Hashable {
    var measure: String
    var seconds: Int
    var condition: String
    var kind: String
    var family: String
  }
  private var counts: [Row: (right: Int, count: Int)] = [:]

  /// Counts one answer in every row that it belongs to.
  mutating func add(_ label: ChromaSamples.Label, _ truth: Truth, _ answer: Answer, seconds: Int) {
    let condition = label.isHard ? "hard" : "clean"
    let kind = "\(label.kind)"
    let isNegative = truth.tonic == nil
    let exact = isNegative ? "none" : "exact"
    for condition in [condition, "all"] {
      for kind in [kind, "all"] {
        add(
          Row(measure: exact, seconds: seconds, condition: condition, kind: kind, family: "all"), truth.isExact(answer))
        if isNegative { continue }
        add(
          Row(measure: "keys24", seconds: seconds, condition: condition, kind: kind, family: "all"), truth.isKey(answer)
        )
      }
      guard !isNegative, let family = truth.families.first else { continue }
      add(
        Row(measure: exact, seconds: seconds, condition: condition, kind: "all", family: family.rawValue),
        truth.isExact(answer))
    }
  }

  private mutating func add(_ row: Row, _ isRight: Bool) {
    counts[row, default: (0, 0)].count += 1
    if isRight { counts[row, default: (0, 0)].right += 1 }
  }

  /// All rows in a fixed order.
  var figures: [ScaleEvaluation.Figure] {
    counts.map { row, count in
      ScaleEvaluation.Figure(
        measure: row.measure, seconds: row.seconds, condition: row.condition, kind: row.kind, family: row.family,
        right: count.right, count: count.count)
    }.sorted {
      ($0.measure, $0.seconds, $0.kind, $0.family, $0.condition) < (
        $1.measure, $1.seconds, $1.kind, $1.family, $1.condition
      )
    }
  }
}
