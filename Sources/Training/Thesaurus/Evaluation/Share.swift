// A share of cases, with how sure it is.

/// How many of so many cases.
public struct Share: Sendable, Codable, Hashable {
  /// Cases in which it was so.
  public var count: Int
  /// All cases.
  public var total: Int

  /// - Parameters:
  ///   - count: cases in which it was so.
  ///   - total: all cases.
  public init(_ count: Int, of total: Int) {
    self.count = count
    self.total = total
  }

  /// The cases of `values` in which it is so.
  init(_ values: [Bool]) { self.init(values.count { $0 }, of: values.count) }

  /// The share, 0…1; nil without cases.
  public var value: Double? { total == 0 ? nil : Double(count) / Double(total) }

  /// The 95 % confidence interval of Wilson (1927); nil without cases.
  public var interval: ClosedRange<Double>? {
    guard total > 0 else { return nil }
    let (z, n) = (1.959_964, Double(total))
    let share = Double(count) / n
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let reach = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, centre - reach)...min(1, centre + reach)
  }
}
