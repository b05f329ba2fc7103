// The long-term memory: which notes follow which in a corpus, stored beside the weights of the note model.

public import Neural

/// Frozen n-gram counts of a corpus. Immutable, so any number of threads may share one.
///
/// Tensors of each view ("interval", "pitch", "leap", "duration"): "memory.VIEW.contexts" [C] I64, the keys of the
/// contexts ascending; "memory.VIEW.starts" [C + 1] I32, where their symbols begin; "memory.VIEW.symbols" [S] I32,
/// count × 256 + symbol.
public final class LongTermMemory: Sendable {
  /// The views that are stored: a corpus of scores says nothing about velocities.
  static let views: [MemoryView] = [.interval, .pitch, .leap, .duration]
  /// Bytes of the largest memory that `LongTermMemoryBuilder` makes unless it is told otherwise.
  public static let usualBytes = 2_000_000

  private let tables: [NGramTable]

  init(tables: [NGramTable]) { self.tables = tables }

  /// Reads the memory of a model file and checks every bound.
  /// - Returns: nil when the file has no tensor "memory.…".
  /// - Throws: `ModelError` when a tensor is missing, misshapen or out of bounds.
  public convenience init?(_ file: SafetensorsFile) throws(ModelError) {
    guard file.tensors.contains(where: { $0.name.hasPrefix("memory.") }) else { return nil }
    var tables: [NGramTable] = []
    for view in Self.views { tables.append(try Self.table(view, in: file)) }
    self.init(tables: tables)
  }

  /// Adds the tensors to a model file that is being written.
  public func write(to writer: inout SafetensorsWriter) throws(ModelError) {
    for (view, table) in zip(Self.views, tables) {
      let name = Self.name(view)
      try writer.add(
        name + "contexts", shape: [table.keys.count], table.keys.map { Int64(bitPattern: $0) })
      try writer.add(name + "starts", shape: [table.starts.count], table.starts)
      try writer.add(
        name + "symbols", shape: [table.entries.count], table.entries.map { Int32(bitPattern: $0) })
    }
  }

  /// Bytes of all tensors.
  public var byteCount: Int { tables.reduce(0) { $0 + $1.byteCount } }

  /// The table of a view; nil for velocities.
  func table(_ view: MemoryView) -> NGramTable? {
    Self.views.firstIndex(of: view).map { tables[$0] }
  }

  private static func name(_ view: MemoryView) -> String { "memory.\(view.name)." }

  private static func table(_ view: MemoryView, in file: SafetensorsFile) throws(ModelError) -> NGramTable {
    let name = name(view)
    func length(_ part: String) throws(ModelError) -> Int {
      guard let shape = file.tensors.first(where: { $0.name == name + part })?.shape else {
        throw file.fault(.shape, "has no tensor \"\(name + part)\"")
      }
      guard shape.count == 1 else {
        throw file.fault(.shape, "has tensor \"\(name + part)\" in shape \(shape) instead of one dimension")
      }
      return shape[0]
    }
    let contextCount = try length("contexts")
    let entryCount = try length("symbols")
    let contexts = try file.integers(name + "contexts", shape: [contextCount])
    let starts = try file.integers(name + "starts", shape: [contextCount + 1])
    let entries = try file.integers(name + "symbols", shape: [entryCount])
    guard zip(contexts, contexts.dropFirst()).allSatisfy({ $0 < $1 }),
      contexts.allSatisfy({ $0 >= 0 && $0 >> 56 <= view.order })
    else {
      throw file.fault(.malformed, "has contexts out of order in tensor \"\(name)contexts\"")
    }
    guard starts.first == 0, starts.last == entryCount, zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw file.fault(.malformed, "has places out of bounds in tensor \"\(name)starts\"")
    }
    guard isSound(entries, starts: starts, symbolCount: view.symbolCount) else {
      throw file.fault(.malformed, "has a symbol or a count out of bounds in tensor \"\(name)symbols\"")
    }
    return NGramTable(
      symbolCount: view.symbolCount, order: view.order, escape: .c, keys: contexts.map { UInt64($0) },
      starts: starts.map { Int32($0) }, entries: entries.map { UInt32($0) })
  }

  /// Every count is positive, every symbol is of the alphabet and later than the one before it in its context, and the
  /// sum of a context's counts fits.
  private static func isSound(_ entries: [Int], starts: [Int], symbolCount: Int) -> Bool {
    zip(starts, starts.dropFirst()).allSatisfy { start, end in
      var total = 0
      var last = -1
      for entry in entries[start..<end] {
        let symbol = entry & 0xFF
        guard entry > 0, entry >> 8 > 0, entry <= Int(Int32.max), symbol < symbolCount, symbol > last else {
          return false
        }
        last = symbol
        total += entry >> 8
      }
      return total <= Int(Int32.max)
    }
  }
}
