// The secret in the page's address that proves that a request comes from whom the address was shown to.

/// 128 random bits as 32 hexadecimal digits, made anew at each start. Kept in memory only.
struct AccessKey: Sendable {
  /// The digits.
  let text: String

  /// Draws a key from the system's generator.
  init() {
    var generator = SystemRandomNumberGenerator()
    text = (0..<16).map { _ in
      let byte = String(UInt8.random(in: 0...255, using: &generator), radix: 16)
      return byte.count == 1 ? "0" + byte : byte
    }.joined()
  }

  /// Whether a text is the key. Takes the same time wherever the first difference is, so that nobody can feel his way.
  func matches(_ other: String?) -> Bool {
    guard let other else { return false }
    let (own, given) = (Array(text.utf8), Array(other.utf8))
    guard own.count == given.count else { return false }
    var difference: UInt8 = 0
    for (a, b) in zip(own, given) { difference |= a ^ b }
    return difference == 0
  }
}
