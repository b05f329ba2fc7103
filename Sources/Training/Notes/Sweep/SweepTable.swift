// The comparison of the trainings of a sweep in numbers.
import Foundation

/// All combinations with what they came to; nil for those that failed.
struct SweepTable {
  typealias Row = (combination: SweepCombination, outcome: SweepOutcome?)

  let rows: [Row]

  /// The rows by validation bits, the best first, those that failed last.
  var sorted: [Row] {
    func bits(_ row: Row) -> Double { row.outcome?.bestValidation ?? .infinity }
    return rows.enumerated().sorted { (bits($0.element), $0.offset) < (bits($1.element), $1.offset) }.map(\.element)
  }

  private var names: [String] { rows.first?.combination.values.map(\.name) ?? [] }

  /// One line a combination in the order of the grid, empty cells where a training failed.
  var csv: String {
    let header = names + [
      "parameters", "passes", "best_pass", "best_validation_bits", "training_bits", "notes_per_second", "seconds",
    ]
    let lines = rows.map { row in
      row.combination.values.map { SweepCombination.text($0.value) } + Self.cells(row.outcome, digits: 5)
    }
    return ([header] + lines).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// A table for people, the best first.
  var text: String {
    let header = names + ["parameters", "passes", "best", "validation", "training", "notes/s", "seconds"]
    let lines = sorted.map { row in
      let cells = row.outcome.map { Self.cells($0, digits: 3) } ?? ["failed"] + Array(repeating: "", count: 6)
      return row.combination.values.map { SweepCombination.text($0.value) } + cells
    }
    let widths = header.indices.map { column in ([header] + lines).map { $0[column].count }.max() ?? 0 }
    return ([header] + lines).map { line in
      let cells = zip(line, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
      return cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func cells(_ outcome: SweepOutcome?, digits: Int) -> [String] {
    guard let outcome else { return Array(repeating: "", count: 7) }
    return [
      "\(outcome.parameters)", "\(outcome.validation.count)", "\(outcome.bestPass)",
      decimals(outcome.bestValidation, digits), decimals(outcome.bestTraining, digits),
      decimals(outcome.notesASecond, 0), decimals(outcome.seconds, 1),
    ]
  }
}
