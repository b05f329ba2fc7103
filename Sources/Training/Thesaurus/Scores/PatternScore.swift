// What is to be written down: patterns, and how they are laid out.

/// A page of patterns, which `LilyPondWriter`, `MusicXMLWriter` and `PatternMIDI` write.
public struct PatternScore: Hashable, Sendable {
  /// How the patterns stand on the paper.
  public enum Layout: Hashable, Sendable {
    /// One below the other, the label above each.
    case sheet
    /// One below the other, the label at the left of each and the pattern's name above.
    case strip
    /// In boxes, so many in a row, with as many notes of each as a box holds.
    case grid(columns: Int)
  }

  /// The heading; empty for none.
  public var title: String
  /// A line below the heading; empty for none.
  public var subtitle: String
  /// How they are laid out.
  public var layout: Layout
  /// The patterns in reading order.
  public var entries: [PatternEntry]
  /// Which way they are written down.
  public var direction: PatternDirection

  /// Patterns one below the other, named above each.
  public static func sheet(
    _ entries: [PatternEntry], title: String = "", subtitle: String = "", direction: PatternDirection = .up
  ) -> PatternScore {
    PatternScore(title: title, subtitle: subtitle, layout: .sheet, entries: entries, direction: direction)
  }

  /// The steps of an interpolation in their order, one below the other, labelled at the left.
  public static func strip(
    _ entries: [PatternEntry], title: String = "", subtitle: String = "", direction: PatternDirection = .up
  ) -> PatternScore {
    PatternScore(title: title, subtitle: subtitle, layout: .strip, entries: entries, direction: direction)
  }

  /// The rows of an interpolation between four corners. Rows of different lengths follow one another without gaps.
  public static func grid(
    _ rows: [[PatternEntry]], title: String = "", subtitle: String = "", direction: PatternDirection = .up
  ) -> PatternScore {
    let columns = rows.map(\.count).max() ?? 1
    return PatternScore(
      title: title, subtitle: subtitle, layout: .grid(columns: max(columns, 1)), entries: rows.flatMap { $0 },
      direction: direction)
  }
}
