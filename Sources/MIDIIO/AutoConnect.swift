// Which sources are connected without being asked for.

import Glibc

/// The rule by which ports are connected when they are there at the start or appear later.
public enum AutoConnect: Hashable, Sendable {
  /// Every keyboard and every program that offers MIDI to others.
  case all
  /// Those of them whose "client:port" name contains one of these patterns. `*` and `?` stand for any text and any
  /// character; the case of letters does not matter.
  case matching([String])
  /// None; the player connects them, with `aconnect` for example.
  case none

  /// True when a port that offers MIDI to others is connected under this rule.
  func accepts(_ identity: SourceIdentity) -> Bool {
    switch self {
    case .all: true
    case .none: false
    case .matching(let patterns):
      patterns.contains { pattern in
        fnmatch("*\(pattern.lowercased())*", identity.description.lowercased(), 0) == 0
      }
    }
  }
}
