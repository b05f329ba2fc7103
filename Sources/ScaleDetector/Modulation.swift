// Notices that the music has left the scale in which it was.

/// Compares what the last seconds say with what the whole history says, and asks to forget the past when they disagree
/// clearly and for long enough. A unit over steps of the history (5.4 a second).
struct Modulation {
  /// Steps that the recent posterior hears (5 s), and that are kept when the past is forgotten.
  static let recentSteps = 27
  /// Steps for which recent and whole must disagree (1.1 s).
  private static let patience = 6
  /// The recent answer is this probable, and the old one at most that, before it counts as a disagreement.
  private static let recentAtLeast: Float = 0.65
  private static let oldAtMost: Float = 0.05

  private var steps = 0

  mutating func reset() { steps = 0 }

  /// Takes in both posteriors.
  /// - Returns: true when everything before the recent steps should be forgotten.
  mutating func process(whole: [Float], recent: [Float]) -> Bool {
    guard let old = whole.indices.max(by: { whole[$0] < whole[$1] }),
      let new = recent.indices.max(by: { recent[$0] < recent[$1] })
    else { return false }
    let disagrees = new != old && recent[new] >= Self.recentAtLeast && recent[old] <= Self.oldAtMost
    steps = disagrees ? steps + 1 : 0
    guard steps >= Self.patience else { return false }
    steps = 0
    return true
  }
}
