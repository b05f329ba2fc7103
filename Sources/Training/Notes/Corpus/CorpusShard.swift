// One part of the files of a corpus.

/// Part `index` of `count` parts, from 1. The files, in the order in which they are read, are cut into parts of equal
/// number, so that the outputs of parts 1…n, one after another, are the output of the whole.
public struct CorpusShard: Hashable, Sendable, CustomStringConvertible {
  /// The part, 1…count.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// All files.
  public static let whole = CorpusShard(index: 1, count: 1)

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Reads "2/8".
  ///
  /// - Returns: nil when the text is not a part of that many.
  public init?(_ text: String) {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let index = numbers[0], let count = numbers[1], (1...65_536).contains(count),
      (1...count).contains(index)
    else { return nil }
    self.init(index: index, count: count)
  }

  /// The places of this part among `total` files.
  public func range(of total: Int) -> Range<Int> { total * (index - 1) / count..<total * index / count }

  /// "2/8".
  public var description: String { "\(index)/\(count)" }
}
