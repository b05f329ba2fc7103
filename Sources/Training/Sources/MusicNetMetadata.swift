// What MusicNet says about its recordings.

import Foundation

/// The table `musicnet_metadata.csv`: id, composer, composition, movement, ensemble and more, one row a recording.
struct MusicNetMetadata {
  /// One recording.
  struct Recording: Hashable {
    var composer: String
    /// Composition and movement, as the table names them.
    var title: String
    /// "Solo Piano", "String Quartet" and the like.
    var ensemble: String
  }

  /// The name of the table's file.
  static let fileName = "musicnet_metadata.csv"

  private var recordings: [String: Recording] = [:]

  /// No recordings.
  init() {}

  /// Reads the table; rows without an id and columns that are not there are left out.
  init(_ text: some Sequence<UInt8>) {
    let rows = CSVText.rows(text)
    let header = rows.first?.fields ?? []
    let names = header.map { $0.trimmingCharacters(in: .whitespaces.union(["\u{FEFF}"])).lowercased() }
    for row in rows.dropFirst() {
      func field(_ name: String) -> String {
        guard let place = names.firstIndex(of: name), place < row.fields.count else { return "" }
        return row.fields[place].trimmingCharacters(in: .whitespaces)
      }
      guard !field("id").isEmpty else { continue }
      let title = [field("composition"), field("movement")].filter { !$0.isEmpty }.joined(separator: ", ")
      recordings[field("id")] = Recording(composer: field("composer"), title: title, ensemble: field("ensemble"))
    }
  }

  /// What the table says about the recording `id`, nil when it has no row.
  subscript(id: String) -> Recording? { recordings[id] }
}
