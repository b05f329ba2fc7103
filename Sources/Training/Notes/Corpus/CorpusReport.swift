// What became of every file.

import Foundation

/// Writes OUT-report.csv, a row for each file and each tune of a book, and counts for the summary. For one thread.
final class CorpusReport {
  private static let header = "file,outcome,reason,notes,remarks\n"
  /// So many names of each kind are told.
  private static let examples = 3

  private let table: SpoolFile
  private var lines: [String: CorpusSummary] = [:]
  let url: URL

  /// Begins the table.
  init(beside output: URL) throws(CorpusError) {
    url = NoteCorpus.url("report.csv", beside: output)
    table = try SpoolFile(for: url)
    try table.append(Self.header.utf8)
  }

  /// The reasons, the most frequent first.
  var summary: [CorpusSummary] { lines.values.sorted { ($1.count, $0.category) < ($0.count, $1.category) } }

  /// Notes what became of a file; nil for one that is kept.
  func append(
    _ name: String, _ exclusion: CorpusExclusion?, notes: Int, remarks: [String]
  ) throws(CorpusError) {
    let reason = exclusion.map { $0.detail.isEmpty ? $0.category : "\($0.category): \($0.detail)" } ?? ""
    let fields = [
      name, exclusion == nil ? "kept" : "left out", reason, notes > 0 ? "\(notes)" : "",
      remarks.joined(separator: "; "),
    ]
    try table.append(CSVText.row(fields).utf8)
    for remark in remarks {
      // Files with one oddity are counted together, whatever the number in it.
      let kind = remark.prefix { $0 != ":" }.filter { !$0.isNumber }.trimmingCharacters(in: .whitespaces)
      count("remark: " + kind, name: name, detail: remark, isLeftOut: false)
    }
    if let exclusion { count(exclusion.category, name: name, detail: exclusion.detail, isLeftOut: true) }
  }

  /// The table, complete.
  func complete() throws(CorpusError) -> SpoolFile {
    try table.complete()
    return table
  }

  private func count(_ category: String, name: String, detail: String, isLeftOut: Bool) {
    var line = lines[category] ?? CorpusSummary(category: category, isLeftOut: isLeftOut)
    line.count += 1
    if line.examples.count < Self.examples { line.examples.append(detail.isEmpty ? name : "\(name) (\(detail))") }
    lines[category] = line
  }
}
