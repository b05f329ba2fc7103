// An n-gram model that no longer learns, as it lies in a model file.

/// The counts of an `NGramModel`, frozen: sorted keys of contexts, and the symbols of each with their counts.
/// Immutable, so any number of threads may share one.
struct NGramTable: Sendable, Equatable {
  /// Symbols are 0..<`symbolCount`.
  let symbolCount: Int
  /// Symbols of the longest context.
  let order: Int
  let escape: NGramEscape
  /// Keys of the contexts, ascending.
  let keys: [UInt64]
  /// Where the symbols of each context begin in `entries`, and at last their number.
  let starts: [Int32]
  /// Count × 256 + symbol, in ascending order of symbols within a context.
  let entries: [UInt32]
  /// Observations of each context.
  private let totals: [Int32]

  /// The largest count that an entry holds.
  static let largestCount = 0x7F_FFFF

  /// The counts of `model` without the contexts of two symbols and more that were seen less than `fewest` times.
  init(_ model: NGramModel, fewest: Int) {
    var keys: [UInt64] = []
    var starts: [Int32] = [0]
    var entries: [UInt32] = []
    for (key, symbols) in model.contexts(where: { Self.keeps(order: $0, total: $1, fewest: fewest) }) {
      keys.append(key)
      for (symbol, count) in symbols { entries.append(UInt32(min(count, Self.largestCount)) << 8 | UInt32(symbol)) }
      starts.append(Int32(entries.count))
    }
    self.init(
      symbolCount: model.symbolCount, order: model.order, escape: model.escape, keys: keys, starts: starts,
      entries: entries)
  }

  /// A table of parts that were checked: see `LongTermMemory.init(_:)`.
  init(symbolCount: Int, order: Int, escape: NGramEscape, keys: [UInt64], starts: [Int32], entries: [UInt32]) {
    self.symbolCount = symbolCount
    self.order = order
    self.escape = escape
    self.keys = keys
    self.starts = starts
    self.entries = entries
    totals = keys.indices.map { index in
      entries[Int(starts[index])..<Int(starts[index + 1])].reduce(0) { $0 + Int32($1 >> 8) }
    }
  }

  private static func keeps(order: Int, total: Int, fewest: Int) -> Bool { order < 2 || total >= fewest }

  /// Bytes of the table in a file.
  var byteCount: Int { 12 * keys.count + 4 + 4 * entries.count }

  /// Bytes of the table that `init(_:fewest:)` would make.
  static func byteCount(_ model: NGramModel, fewest: Int) -> Int {
    var bytes = 4
    model.visitContexts { order, total, distinct in
      if keeps(order: order, total: total, fewest: fewest) { bytes += 12 + 4 * distinct }
    }
    return bytes
  }

  /// Writes the distribution of the symbol that follows `context`, as `NGramModel.predict` does.
  func predict(
    in context: NGramContext, upTo longest: Int? = nil, into probabilities: UnsafeMutableBufferPointer<Float>
  ) {
    let output = UnsafeMutableBufferPointer(rebasing: probabilities[0..<symbolCount])
    output.update(repeating: 1 / Float(symbolCount))
    for order in 0...min(order, context.depth, max(0, longest ?? order)) {
      guard let place = place(of: context.key(order: order)) else { return }
      let range = Int(starts[place])..<Int(starts[place + 1])
      var singles = 0
      for index in range where entries[index] >> 8 == 1 { singles += 1 }
      let unit = escape.leave(total: Int(totals[place]), distinct: range.count, singles: singles, in: output)
      for index in range {
        output[Int(entries[index] & 0xFF)] += (Float(entries[index] >> 8) - escape.discount) * unit
      }
    }
  }

  private func place(of key: UInt64) -> Int? {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == key ? low : nil
  }
}
