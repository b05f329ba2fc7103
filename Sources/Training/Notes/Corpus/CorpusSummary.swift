// How many files have one fate.

/// A reason for leaving files out, or an oddity of files that are kept, with its count and the first few names.
public struct CorpusSummary: Hashable, Sendable, CustomStringConvertible {
  /// The reason, as the report names it: "broken", "duplicate", "remark: notes of no length".
  public var category: String
  /// False for an oddity of files that are read all the same.
  public var isLeftOut: Bool
  /// Files.
  public var count = 0
  /// The first few, with what is particular to each.
  public var examples: [String] = []

  /// A reason of no file yet.
  init(category: String, isLeftOut: Bool) {
    self.category = category
    self.isLeftOut = isLeftOut
  }

  /// "left out, duplicate: 12 (a.mid (has the notes of b.mid), …)".
  public var description: String {
    let rest = count > examples.count ? ", …" : ""
    let start = isLeftOut ? "left out, \(category)" : category
    return "\(start): \(count) (\(examples.joined(separator: ", "))\(rest))"
  }
}
