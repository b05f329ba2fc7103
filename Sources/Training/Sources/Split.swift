// The parts of the data: training, validation, test.

/// One of the three parts of the data. A group of pieces belongs to one part, on every machine and for ever.
public enum Split: String, CaseIterable, Codable, Sendable {
  case train
  case validation
  case test

  /// The part of `group`: eight tenths of the groups train, one validates, one tests.
  public init(group: String) {
    switch Self.hash(group) % 10 {
    case 8: self = .validation
    case 9: self = .test
    default: self = .train
    }
  }

  /// FNV-1a, 64 bits, of the UTF-8 bytes (Fowler, Noll, Vo): the same in every process, unlike Swift's `Hasher`.
  static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
