// The end of a training that lost one of its processes.

/// An exchange failed: another rank ended or cannot be reached.
struct LostRank: Error, CustomStringConvertible {
  /// What the exchange said.
  let description: String
}
