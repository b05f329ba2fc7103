// The end of a training that lost one of its processes.

/// An exchange failed: another rank ended or cannot be reached.
struct LostRank: Error, CustomStringConvertible {
  /// What the exchange said was the cause.
  let description: String

  /// Takes the cause from an exchange's error, whose beginning says only what this error says.
  init(_ error: any Error) {
    let text = "\(error)"
    let beginning = "ranks: another rank was lost: "
    description = text.hasPrefix(beginning) ? String(text.dropFirst(beginning.count)) : text
  }
}
