// How finely a piano roll divides time.

/// Frames a second or a beat (quarter note).
public enum RollRate: Hashable, Sendable, CustomStringConvertible {
  /// So many frames a second.
  case second(Double)
  /// So many frames a quarter note.
  case beat(Double)

  /// No roll is finer.
  private static let finest = 1000.0

  /// Reads "100/s" or "4/beat".
  ///
  /// - Returns: nil when the text is neither, or the number is not above 0 and at most 1000.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Double(parts[0]), number > 0, number <= Self.finest else { return nil }
    switch parts[1] {
    case "s", "second": self = .second(number)
    case "beat", "quarter": self = .beat(number)
    default: return nil
    }
  }

  /// "100.0/s" or "4.0/beat".
  public var description: String {
    switch self {
    case .second(let rate): "\(rate)/s"
    case .beat(let rate): "\(rate)/beat"
    }
  }

  /// The frames that a note covers, at least one.
  func frames(of note: CorpusNote) -> Range<Int> {
    let (rate, start, end) =
      switch self {
      case .second(let rate): (rate, note.start, note.end)
      case .beat(let rate): (rate, note.beat, note.beat + note.duration)
      }
    let first = Int((start * rate).rounded())
    return first..<max(first + 1, Int((end * rate).rounded()))
  }
}
