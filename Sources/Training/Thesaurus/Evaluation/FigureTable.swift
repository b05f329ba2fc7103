// A table of figures as text.

/// Lines of figures under names of columns, with what there is to say of them below.
struct FigureTable {
  /// What the figures are of.
  let title: String
  /// What the cells are.
  let columns: [String]
  /// Sentences below the table.
  var remarks: [String] = []
  private var rows: [(label: String, cells: [String])] = []

  init(title: String, columns: [String]) {
    self.title = title
    self.columns = columns
  }

  /// Adds a line with a cell for each column; an empty cell where there is no figure. A line without any is left out,
  /// unless it is a heading of those that follow.
  mutating func add(_ label: String, _ cells: [String], isHeading: Bool = false) {
    if isHeading || cells.contains(where: { !$0.isEmpty }) { rows.append((label, cells)) }
  }

  /// The table, cells to the right.
  var text: String {
    let labels = rows.map(\.label.count).max() ?? 0
    let widths = columns.indices.map { column in
      (rows.map { $0.cells[column].count } + [columns[column].count]).max() ?? 0
    }
    func line(_ label: String, _ cells: [String]) -> String {
      let padded = zip(cells, widths).map { String(repeating: " ", count: max(0, $1 - $0.count)) + $0 }
      let text = ([label + String(repeating: " ", count: labels - label.count)] + padded).joined(separator: "   ")
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    return ([title, line("", columns)] + rows.map { line($0.label, $0.cells) } + remarks).joined(separator: "\n") + "\n"
  }
}
