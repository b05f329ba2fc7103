// A histogram and how far it lies from another.
import Foundation

/// Counts in bins.
public struct NoteHistogram: Hashable, Sendable {
  /// How often each bin was met.
  public private(set) var counts: [Int]
  /// The sum of the counts.
  public private(set) var total = 0

  /// So many empty bins.
  public init(bins: Int) { counts = Array(repeating: 0, count: bins) }

  /// Counts a bin; what lies outside falls into the outermost.
  public mutating func add(_ bin: Int) {
    counts[min(max(bin, 0), counts.count - 1)] += 1
    total += 1
  }

  /// The share of each bin; zeros when nothing was counted.
  public var shares: [Double] { counts.map { total > 0 ? Double($0) / Double(total) : 0 } }

  /// The distance to another histogram of as many bins; nil when one of them is empty.
  public func distance(to other: NoteHistogram) -> NoteDistance? {
    guard total > 0, other.total > 0, counts.count == other.counts.count else { return nil }
    var (divergence, overlap) = (0.0, 0.0)
    for (p, q) in zip(shares, other.shares) {
      let middle = (p + q) / 2
      if p > 0 { divergence += p / 2 * log2(p / middle) }
      if q > 0 { divergence += q / 2 * log2(q / middle) }
      overlap += min(p, q)
    }
    return NoteDistance(divergence: max(0, divergence), overlap: min(1, overlap))
  }
}

/// How unlike two distributions are.
public struct NoteDistance: Hashable, Sendable {
  /// The Jensen–Shannon divergence in bits: 0 for equal distributions, 1 for those that share nothing
  /// (J. Lin, "Divergence measures based on the Shannon entropy", IEEE Transactions on Information Theory 37, 1991).
  public let divergence: Double
  /// The area that both histograms cover, 0 to 1
  /// (L.-C. Yang and A. Lerch, "On the evaluation of generative models in music", Neural Computing 32, 2020).
  public let overlap: Double
}
