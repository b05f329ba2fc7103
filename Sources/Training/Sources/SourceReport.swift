// What was read from a source of pieces.

/// Counts of one source: how many pieces were read and kept, and why the others were left out.
public struct SourceReport: Hashable, Sendable, Codable {
  /// The name of the source.
  public var source: String
  /// Pieces found.
  public var read = 0
  /// Pieces with a label.
  public var kept = 0
  /// How many were left out for each reason.
  public var leftOut: [String: Int] = [:]

  /// An empty report.
  public init(source: String) { self.source = source }

  mutating func keep() {
    read += 1
    kept += 1
  }

  mutating func leaveOut(_ reason: String) {
    read += 1
    leftOut[reason, default: 0] += 1
  }
}

extension SourceReport: CustomStringConvertible {
  /// One line: "folk-abc: 4248 read, 4200 kept; left out: 20 change key, 28 …".
  public var description: String {
    let reasons = leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
    let rest = reasons.isEmpty ? "" : "; left out: " + reasons.joined(separator: ", ")
    return "\(source): \(read) read, \(kept) kept" + rest
  }
}
