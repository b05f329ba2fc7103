// What `antiphon watch` prints where no terminal can be redrawn: a line when something changed.

/// Turns readouts into occasional plain lines: one when the scale, the input or the dialogue changes, at most one a
/// second.
public struct WatchLine {
  private var last: (key: String, time: Double)?

  /// Nothing said yet.
  public init() {}

  /// The line to print for a readout that came at `time` (seconds, monotonic); nil when there is nothing new to say.
  public mutating func line(_ readout: Readout, at time: Double) -> String? {
    let key = Self.key(readout)
    if let last {
      let isTooSoon = time - last.time < 1
      // What changes within the second is said after it, by a later readout, unless it has changed back.
      if key == last.key || isTooSoon { return nil }
    }
    last = (key, time)
    return Self.text(readout)
  }

  /// A readout as one line of text.
  public static func text(_ readout: Readout) -> String {
    let dialogue = readout.dialogue.map { ["\($0.mode): \($0.stateText)"] } ?? []
    guard readout.input.isActive else {
      let pattern = readout.pattern.map { ["Thesaurus: \($0)"] } ?? []
      return ([readout.input.sentence] + pattern + dialogue).joined(separator: " · ")
    }
    let percent = { (share: Double) in "\(Int((share * 100).rounded())) %" }
    let shown = readout.scale?.name ?? "no scale"
    let others = readout.candidates.filter { $0.scale.name != shown }.prefix(2)
      .map { "\($0.scale.name) \(percent($0.confidence))" }
    let cents = Int(readout.tuningCents.rounded())
    let scale = readout.hasEvidence ? "\(shown) \(percent(readout.confidence))" : shown
    let parts = [scale + readout.patternText]
      + (others.isEmpty ? [] : ["or " + others.joined(separator: ", ")])
      + ["\(cents > 0 ? "+" : "")\(cents) cents", "\(Int(readout.levelDB.rounded())) dB"]
      + (readout.input.message.map { [$0] } ?? []) + dialogue
    return parts.joined(separator: " · ")
  }

  private static func key(_ readout: Readout) -> String {
    let input = readout.input
    // A phrase is news when it begins, not with every note.
    let dialogue = readout.dialogue.map { "\($0.mode) \($0.state) \($0.learning ?? "")" } ?? ""
    let heard = [readout.scale?.name ?? "", readout.pattern ?? ""]
    return (heard + [input.state, input.message ?? "", dialogue]).joined(separator: "\n")
  }
}
