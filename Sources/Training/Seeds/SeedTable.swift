// The figures of a seed beside those of its repetition.
import Foundation

/// A table with what there is to say of it.
public struct SeedTable: Codable, Sendable, Equatable {
  /// One line: what was measured, and a cell for each column; empty where there is no figure.
  public struct Row: Codable, Sendable, Equatable {
    /// What was measured.
    public var label: String
    /// The figures as they are shown.
    public var cells: [String]
  }

  /// The project and the data.
  public var title: String
  /// What the cells are.
  public var columns: [String]
  /// The lines.
  public private(set) var rows: [Row] = []
  /// Sentences.
  public var remarks: [String] = []

  /// A table without lines.
  init(title: String, columns: [String]) {
    self.title = title
    self.columns = columns
  }

  /// Adds a line.
  mutating func add(_ label: String, _ cells: String...) { rows.append(Row(label: label, cells: cells)) }

  /// The table for a reader.
  public var text: String {
    let labelWidth = rows.map(\.label.count).max() ?? 0
    let widths = columns.indices.map { column in
      ([columns[column]] + rows.compactMap { $0.cells.indices.contains(column) ? $0.cells[column] : nil })
        .map(\.count).max() ?? 0
    }
    func line(_ label: String, _ cells: [String]) -> String {
      let padded = zip(cells, widths).map { String(repeating: " ", count: max(0, $1 - $0.count)) + $0 }
      let head = label + String(repeating: " ", count: max(0, labelWidth - label.count))
      let text = ([head] + padded).joined(separator: "   ")
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    let body = [title, line("", columns)] + rows.map { line($0.label, $0.cells) }
    return (body + remarks).joined(separator: "\n") + "\n"
  }
}
