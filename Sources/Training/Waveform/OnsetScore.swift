// How onsets agree with labels.

/// Precision, recall and F-measure of onsets, each label matched by at most one onset.
public struct OnsetScore: Codable, Hashable, Sendable {
  /// An onset within so many seconds of a label is right, as in MIREX.
  public static let tolerance = 0.05
  /// Labels nearer than this to the one before are one onset: the notes of a chord.
  public static let chord = 0.03

  /// Onsets in the labels.
  public var labelled: Int
  /// Onsets found.
  public var found: Int
  /// Onsets found that match a label.
  public var right: Int

  /// Right ones among those found; 0 when none was found.
  public var precision: Double { found > 0 ? Double(right) / Double(found) : 0 }
  /// Right ones among the labels.
  public var recall: Double { labelled > 0 ? Double(right) / Double(labelled) : 0 }
  /// The harmonic mean of precision and recall.
  public var fMeasure: Double { found + labelled > 0 ? 2 * Double(right) / Double(found + labelled) : 0 }

  /// Compares onsets and labels, both in ascending seconds.
  public init(found: [Double], labels: [Double]) {
    let labels = Self.joined(labels)
    var (right, next) = (0, 0)
    for label in labels {
      // The earliest free onset that matches: no other choice gives more pairs.
      while next < found.count, found[next] < label - Self.tolerance { next += 1 }
      guard next < found.count else { break }
      if found[next] <= label + Self.tolerance { (right, next) = (right + 1, next + 1) }
    }
    (self.labelled, self.found, self.right) = (labels.count, found.count, right)
  }

  /// One onset for each chord.
  static func joined(_ labels: [Double]) -> [Double] {
    labels.reduce(into: []) { joined, label in
      if let last = joined.last, label - last < chord { return }
      joined.append(label)
    }
  }

  private enum CodingKeys: String, CodingKey { case labelled, found, right, precision, recall, fMeasure }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(labelled, forKey: .labelled)
    try values.encode(found, forKey: .found)
    try values.encode(right, forKey: .right)
    try values.encode(precision, forKey: .precision)
    try values.encode(recall, forKey: .recall)
    try values.encode(fMeasure, forKey: .fMeasure)
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    labelled = try values.decode(Int.self, forKey: .labelled)
    found = try values.decode(Int.self, forKey: .found)
    right = try values.decode(Int.self, forKey: .right)
  }
}
