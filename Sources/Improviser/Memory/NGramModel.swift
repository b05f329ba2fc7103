// A variable-order n-gram model that learns while it predicts.

/// Counts of which symbol followed which context, of every order up to a bound, and the distribution that they imply:
/// prediction by partial matching with interpolated smoothing, in which all symbols are possible.
///
/// With a `window` the memory is taken once and holds the newest observations; each further one makes the model forget
/// the oldest, exactly, as if it had never been (first in, first out). Deterministic. One thread owns a model.
/// Source: Pearce and Wiggins (2004), see `NGramEscape`.
public final class NGramModel {
  /// Symbols are 0..<`symbolCount`.
  public let symbolCount: Int
  /// Symbols of the longest context.
  public let order: Int
  let escape: NGramEscape
  /// Observations that are kept; nil: all of them.
  let window: Int?
  /// Observations that the counts hold now.
  private(set) var count = 0

  /// A context that has been seen: its observations, and the list of its symbols.
  private struct Node {
    var key: UInt64
    var next: Int32
    var first: Int32
    var total: Int32
    var distinct: Int32
    var singles: Int32
  }

  /// A symbol in the list of a context.
  private struct Entry {
    var next: Int32
    var count: Int32
    var symbol: Int32
  }

  /// An observation of the window.
  private struct Observation {
    var context: NGramContext
    var symbol: Int32
  }

  private static let none: Int32 = -1
  private var buckets: [Int32]
  private var nodes: [Node] = []
  private var entries: [Entry] = []
  /// Nodes and entries that are free, linked by `next`.
  private var freeNode = none
  private var freeEntry = none
  private var observations: [Observation] = []
  private var oldest = 0

  /// A model that has seen nothing.
  ///
  /// - Parameters:
  ///   - symbolCount: 1...256.
  ///   - order: symbols of the longest context, 0...`NGramContext.deepest`.
  ///   - window: observations that are kept; nil: all, in memory that grows.
  public init(symbolCount: Int, order: Int, escape: NGramEscape = .c, window: Int? = nil) {
    self.symbolCount = min(max(symbolCount, 1), 256)
    self.order = min(max(order, 0), NGramContext.deepest)
    self.escape = escape
    self.window = window.map { max(1, $0) }
    let most = (self.window ?? 0) * (self.order + 1)
    var size = 1024
    while size < most { size *= 2 }
    buckets = Array(repeating: Self.none, count: size)
    nodes.reserveCapacity(most)
    entries.reserveCapacity(most)
    observations.reserveCapacity(self.window ?? 0)
  }

  /// Forgets everything.
  public func reset() {
    for index in buckets.indices { buckets[index] = Self.none }
    nodes.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    observations.removeAll(keepingCapacity: true)
    freeNode = Self.none
    freeEntry = Self.none
    oldest = 0
    count = 0
  }

  /// Learns that `symbol` followed `context`. A symbol outside the alphabet is ignored.
  public func observe(_ symbol: Int, in context: NGramContext) {
    guard symbol >= 0, symbol < symbolCount else { return }
    let observation = Observation(context: context, symbol: Int32(symbol))
    if let window {
      if observations.count < window {
        observations.append(observation)
      } else {
        count(observations[oldest], by: -1)
        observations[oldest] = observation
        oldest = oldest + 1 == window ? 0 : oldest + 1
      }
    }
    count(observation, by: 1)
  }

  /// Writes the distribution of the symbol that follows `context` to the first `symbolCount` of `probabilities`; all
  /// are greater than 0 and their sum is 1 up to rounding.
  /// - Parameter longest: symbols of the context that may be used; nil: all.
  public func predict(
    in context: NGramContext, upTo longest: Int? = nil, into probabilities: UnsafeMutableBufferPointer<Float>
  ) {
    let output = UnsafeMutableBufferPointer(rebasing: probabilities[0..<symbolCount])
    output.update(repeating: 1 / Float(symbolCount))
    for order in 0...min(order, context.depth, max(0, longest ?? order)) {
      let found = node(context.key(order: order))
      guard found != Self.none else { return }
      let node = nodes[Int(found)]
      let unit = escape.leave(
        total: Int(node.total), distinct: Int(node.distinct), singles: Int(node.singles), in: output)
      var index = node.first
      while index != Self.none {
        let entry = entries[Int(index)]
        output[Int(entry.symbol)] += (Float(entry.count) - escape.discount) * unit
        index = entry.next
      }
    }
  }

  /// The longest order whose context has been seen; nil before the first observation.
  func matchedOrder(in context: NGramContext) -> Int? {
    var matched: Int?
    for order in 0...min(order, context.depth) {
      guard node(context.key(order: order)) != Self.none else { break }
      matched = order
    }
    return matched
  }

  /// Calls `body` with the order, the observations and the number of different symbols of every context.
  func visitContexts(_ body: (_ order: Int, _ total: Int, _ distinct: Int) -> Void) {
    for node in nodes where node.total > 0 { body(Int(node.key >> 56), Int(node.total), Int(node.distinct)) }
  }

  /// The contexts that `isKept` (by order and observations) with their symbols and counts, in ascending order of keys
  /// and symbols.
  func contexts(
    where isKept: (_ order: Int, _ total: Int) -> Bool = { _, _ in true }
  ) -> [(key: UInt64, symbols: [(symbol: Int, count: Int)])] {
    let kept = nodes.filter { $0.total > 0 && isKept(Int($0.key >> 56), Int($0.total)) }
    return kept.sorted { $0.key < $1.key }.map { node in
      var symbols: [(symbol: Int, count: Int)] = []
      var index = node.first
      while index != Self.none {
        symbols.append((Int(entries[Int(index)].symbol), Int(entries[Int(index)].count)))
        index = entries[Int(index)].next
      }
      return (node.key, symbols.sorted { $0.symbol < $1.symbol })
    }
  }

  private func count(_ observation: Observation, by change: Int32) {
    count += Int(change)
    for order in 0...min(order, observation.context.depth) {
      let key = observation.context.key(order: order)
      if change > 0 {
        increment(observation.symbol, at: Int(addedNode(key)))
      } else {
        decrement(observation.symbol, at: node(key), key: key)
      }
    }
  }

  private func increment(_ symbol: Int32, at node: Int) {
    nodes[node].total += 1
    var index = nodes[node].first
    while index != Self.none {
      if entries[Int(index)].symbol == symbol {
        if entries[Int(index)].count == 1 { nodes[node].singles -= 1 }
        entries[Int(index)].count += 1
        return
      }
      index = entries[Int(index)].next
    }
    let entry = Entry(next: nodes[node].first, count: 1, symbol: symbol)
    if freeEntry != Self.none {
      index = freeEntry
      freeEntry = entries[Int(index)].next
      entries[Int(index)] = entry
    } else {
      index = Int32(entries.count)
      entries.append(entry)
    }
    nodes[node].first = index
    nodes[node].distinct += 1
    nodes[node].singles += 1
  }

  private func decrement(_ symbol: Int32, at found: Int32, key: UInt64) {
    guard found != Self.none else { return }
    let node = Int(found)
    var before = Self.none
    var index = nodes[node].first
    while index != Self.none, entries[Int(index)].symbol != symbol {
      before = index
      index = entries[Int(index)].next
    }
    guard index != Self.none else { return }
    nodes[node].total -= 1
    entries[Int(index)].count -= 1
    switch entries[Int(index)].count {
    case 1: nodes[node].singles += 1
    case 0:
      nodes[node].singles -= 1
      nodes[node].distinct -= 1
      let next = entries[Int(index)].next
      if before == Self.none { nodes[node].first = next } else { entries[Int(before)].next = next }
      entries[Int(index)].next = freeEntry
      freeEntry = index
    default: break
    }
    if nodes[node].total == 0 { remove(found, key: key) }
  }
}

// The hash table of contexts: chains of nodes.
extension NGramModel {
  private func bucket(_ key: UInt64) -> Int {
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4), folded so that all bytes reach the low bits.
    let mixed = (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 24) & (buckets.count - 1)
  }

  private func node(_ key: UInt64) -> Int32 {
    var index = buckets[bucket(key)]
    while index != Self.none, nodes[Int(index)].key != key { index = nodes[Int(index)].next }
    return index
  }

  private func addedNode(_ key: UInt64) -> Int32 {
    let found = node(key)
    if found != Self.none { return found }
    // Only models without a window grow: the others have room for all contexts of their window.
    if nodes.count == buckets.count { grow() }
    let slot = bucket(key)
    let node = Node(key: key, next: buckets[slot], first: Self.none, total: 0, distinct: 0, singles: 0)
    var index = freeNode
    if index != Self.none {
      freeNode = nodes[Int(index)].next
      nodes[Int(index)] = node
    } else {
      index = Int32(nodes.count)
      nodes.append(node)
    }
    buckets[slot] = index
    return index
  }

  private func remove(_ node: Int32, key: UInt64) {
    let slot = bucket(key)
    if buckets[slot] == node {
      buckets[slot] = nodes[Int(node)].next
    } else {
      var before = buckets[slot]
      while before != Self.none, nodes[Int(before)].next != node { before = nodes[Int(before)].next }
      if before != Self.none { nodes[Int(before)].next = nodes[Int(node)].next }
    }
    nodes[Int(node)].next = freeNode
    freeNode = node
  }

  private func grow() {
    guard window == nil else { return }
    buckets = Array(repeating: Self.none, count: 2 * buckets.count)
    for index in nodes.indices where nodes[index].total > 0 {
      let slot = bucket(nodes[index].key)
      nodes[index].next = buckets[slot]
      buckets[slot] = Int32(index)
    }
  }
}
