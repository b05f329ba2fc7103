// Takes an input apart into numbers and choices.

/// Reads bytes from the front; behind the end every byte is 0.
public struct ByteSource {
  private let bytes: [UInt8]
  private var offset = 0

  /// A source of `bytes`.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether all bytes were read.
  public var isAtEnd: Bool { offset >= bytes.count }

  /// The next byte.
  public mutating func byte() -> UInt8 {
    guard offset < bytes.count else { return 0 }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// A number below `bound`, which is at most 256.
  public mutating func number(below bound: Int) -> Int { Int(byte()) % bound }

  /// A share, 0...1.
  public mutating func share() -> Double { Double(byte()) / 255 }

  /// Any floating-point number, infinities and NaN included.
  public mutating func anyDouble() -> Double {
    Double(bitPattern: (0..<8).reduce(0) { bits, _ in bits << 8 | UInt64(byte()) })
  }

  /// Seconds from nothing to a minute and a half, the short ones finely graded.
  public mutating func seconds() -> Double {
    let byte = Double(byte()) / 255
    return byte * byte * byte * 90
  }
}
