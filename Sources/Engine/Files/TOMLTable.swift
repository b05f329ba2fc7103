// A table of a TOML file while it is being read.

/// Keeps the rules by which tables may be filled in several places.
final class TOMLTable {
  private enum Entry {
    case value(TOMLItem)
    case table(TOMLTable)
    case list([TOMLTable])
  }

  private enum Origin {
    /// A header of a table within it.
    case implied
    /// A header of its own.
    case header
    /// Dotted keys.
    case keys
  }

  private var entries: [String: Entry] = [:]
  private var origin = Origin.header

  /// What was read.
  var contents: [String: TOMLItem] {
    entries.mapValues { entry in
      switch entry {
      case .value(let item): item
      case .table(let table): .table(table.contents)
      case .list(let tables): .list(tables.map { .table($0.contents) })
      }
    }
  }

  /// The table of the header `[path]`; nil when something else has this name.
  func define(_ path: [String]) -> TOMLTable? {
    guard let name = path.last, let parent = descend(path.dropLast()) else { return nil }
    switch parent.entries[name] {
    case nil:
      let table = TOMLTable()
      parent.entries[name] = .table(table)
      return table
    case .table(let table) where table.origin == .implied:
      table.origin = .header
      return table
    default: return nil
    }
  }

  /// A further table of the header `[[path]]`; nil when something else has this name.
  func append(_ path: [String]) -> TOMLTable? {
    guard let name = path.last, let parent = descend(path.dropLast()) else { return nil }
    let table = TOMLTable()
    switch parent.entries[name] {
    case nil: parent.entries[name] = .list([table])
    case .list:
      // Taken out, so that the list is not copied for each table.
      guard case .list(var tables) = parent.entries.removeValue(forKey: name) else { return nil }
      tables.append(table)
      parent.entries[name] = .list(tables)
    default: return nil
    }
    return table
  }

  private func descend(_ path: ArraySlice<String>) -> TOMLTable? {
    var table = self
    for name in path {
      switch table.entries[name] {
      case nil:
        let next = TOMLTable()
        next.origin = .implied
        table.entries[name] = .table(next)
        table = next
      case .table(let next): table = next
      case .list(let tables):
        guard let last = tables.last else { return nil }
        table = last
      case .value: return nil
      }
    }
    return table
  }

  /// Whether a value can be set by this key.
  func isFree(_ key: [String]) -> Bool {
    var table = self
    for name in key.dropLast() {
      switch table.entries[name] {
      case nil: return true
      // One with a header of its own is complete.
      case .table(let next) where next.origin != .header: table = next
      default: return false
      }
    }
    return key.last.map { table.entries[$0] == nil } ?? false
  }

  /// Sets a value by a key that is free.
  func set(_ key: [String], _ item: TOMLItem) {
    guard let name = key.last else { return }
    var table = self
    for name in key.dropLast() {
      let next = if case .table(let next) = table.entries[name] { next } else { TOMLTable() }
      next.origin = .keys
      table.entries[name] = .table(next)
      table = next
    }
    table.entries[name] = .value(item)
  }

  /// A key for a message.
  static func text(_ key: [String]) -> String { String(key.joined(separator: ".").prefix(60)) }
}
