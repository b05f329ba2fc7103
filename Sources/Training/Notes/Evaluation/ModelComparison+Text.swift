// The comparison of models as text, CSV and JSON.

import Foundation

extension ModelComparison {
  private static let header = [
    "model", "kind", "parameters", "pitch, bits", "right", "all, bits", "seconds a pass", "live steps/s",
  ]

  /// A table for a person.
  public var text: String {
    let body = rows.map { row in
      [
        row.model + (row.runsLive ? "" : " (hears both sides)"), row.kind ?? "",
        row.parameters.map { "\($0)" } ?? "", row.bits["pitch"].map { String(format: "%.3f", $0) } ?? "",
        row.top1["pitch"].map { String(format: "%.1f %%", 100 * $0) } ?? "", all(row) ?? "",
        row.secondsAPass.map { String(format: "%.0f", $0) } ?? "",
        row.runsLive ? row.stepsASecond.map { String(format: "%.0f", $0) } ?? "" : "cannot",
      ]
    }
    let widths = Self.header.indices.map { column in
      ([Self.header] + body).map { $0[column].count }.max() ?? 0
    }
    let lines = ([Self.header] + body).map { cells in
      cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column < 2 ? cell + space : space + cell
      }.joined(separator: "  ").replacing(#/ +$/#, with: "")
    }
    return (["\(notes) notes of \(sequences) sequences"] + lines).joined(separator: "\n")
  }

  /// The same as comma-separated values, with a column for each attribute.
  public var csv: String {
    let attributes = NoteAttribute.allCases.map(\.name)
    let header =
      ["model", "kind", "parameters", "runs_live", "seconds_a_pass", "steps_a_second"]
      + attributes.map { $0 + "_bits" } + attributes.map { $0 + "_top1" }
    func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    let lines = rows.map { row in
      ["\"\(row.model.replacing("\"", with: "\"\""))\"", row.kind ?? "", row.parameters.map { "\($0)" } ?? ""]
        + ["\(row.runsLive)", number(row.secondsAPass), number(row.stepsASecond)]
        + attributes.map { number(row.bits[$0]) } + attributes.map { number(row.top1[$0]) }
    }
    return ([header] + lines).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// One JSON object.
  public func json() throws -> String {
    struct Figures: Encodable {
      let notes, sequences: Int
      let models: [Row]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let figures = Figures(notes: notes, sequences: sequences, models: rows)
    return String(decoding: try encoder.encode(figures), as: UTF8.self)
  }

  /// The bits of all attributes, with the missing ones named.
  private func all(_ row: Row) -> String? {
    guard row.kind != nil, row.bits.count > 1 else { return nil }
    let sum = row.bits.values.reduce(0, +)
    let missing = NoteAttribute.allCases.map(\.name).filter { row.bits[$0] == nil }
    return String(format: "%.3f", sum) + (missing.isEmpty ? "" : " without \(missing.joined(separator: ", "))")
  }
}
