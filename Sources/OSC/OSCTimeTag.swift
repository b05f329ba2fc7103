// Moments as OSC writes them.

/// A 64-bit NTP time: seconds since 1900 and their 2^32nds.
public struct OSCTimeTag: Hashable, Sendable {
  /// The number on the wire.
  public var rawValue: UInt64

  /// "At once", by the specification.
  public static let immediately = OSCTimeTag(rawValue: 1)

  /// From 1900 to 1970.
  private static let unixEpoch = 2_208_988_800.0

  /// Takes the number on the wire.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The moment `seconds` after 1970 (UTC); "at once" when that is out of range.
  public init(unixSeconds seconds: Double) {
    let since1900 = seconds + Self.unixEpoch
    guard since1900 >= 1, since1900 < 4_294_967_295 else {
      rawValue = 1
      return
    }
    let whole = since1900.rounded(.down)
    rawValue = UInt64(whole) << 32 | UInt64((since1900 - whole) * 4_294_967_296)
  }

  /// Seconds after 1970 (UTC).
  public var unixSeconds: Double {
    Double(rawValue >> 32) - Self.unixEpoch + Double(rawValue & 0xFFFF_FFFF) / 4_294_967_296
  }
}
