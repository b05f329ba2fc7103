// What came before a symbol, packed into one word.

/// The newest symbols of a sequence, at most `deepest`, each below 256; contexts of every order are parts of one word.
public struct NGramContext: Hashable, Sendable {
  /// Most symbols that a context holds: a byte each, and a byte of the key for the order.
  public static let deepest = 7

  /// Symbols that are known.
  public private(set) var depth = 0
  /// The newest symbol in the lowest byte.
  private var symbols: UInt64 = 0

  /// The context at the beginning of a sequence.
  public init() {}

  /// Appends a symbol (0...255), which is the newest from now on.
  public mutating func push(_ symbol: Int) {
    symbols = symbols << 8 | UInt64(UInt8(truncatingIfNeeded: symbol))
    depth = min(depth + 1, Self.deepest)
  }

  /// The context with one more symbol.
  public func pushing(_ symbol: Int) -> NGramContext {
    var copy = self
    copy.push(symbol)
    return copy
  }

  /// A number that names the newest `order` symbols (0...depth) and no others: two keys are equal only for equal
  /// contexts. Keys of a greater order are greater.
  public func key(order: Int) -> UInt64 {
    UInt64(order) << 56 | symbols & ((1 << UInt64(8 * order)) - 1)
  }
}
