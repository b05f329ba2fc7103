// One line of a result.

/// A pattern that a command found, and how it stands to the others.
public struct LatentEntry: Sendable {
  /// What names it on paper: "A", or its number.
  public var label: String
  /// The vector and its pattern.
  public var point: LatentPoint
  /// Whether its notes are those of no pattern that trained the model.
  public var isNovel: Bool
  /// How many notes of the cell differ from the pattern before, or on the left in a grid, or from what was encoded.
  public var changes: Int?
  /// How many notes of the cell differ from the pattern above in a grid.
  public var changesFromAbove: Int?
  /// How many notes of the cell differ from A, B… each; empty where there is nothing to compare with.
  public var distances: [Int] = []
  /// How much the latent vector tells of the pattern, in nats; where a pattern was encoded.
  public var divergence: Double?
  /// What is to be said about it; empty for nothing.
  public var remark = ""

  /// A line about a point.
  init(_ label: String, _ point: LatentPoint, split: PatternSplit) {
    self.label = label
    self.point = point
    isNovel = split.isNovel(point.pattern)
    guard !point.isExact else { return }
    remark = point.letter == nil ? "joins its neighbours" : "the model itself gives \(point.decoded.name) here"
  }
}
