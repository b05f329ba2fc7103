// Patterns on the way from one latent vector to another.

public import Improviser

/// A row of patterns from A to B, both included.
public struct LatentInterpolation: Sendable {
  /// How many patterns a row may have.
  public static let steps = 2...64

  /// The patterns in order; the first and the last are A and B.
  public let points: [LatentPoint]

  /// Chooses patterns on `path` at nearly equal distances, as `MorphWalk` does.
  ///
  /// - Parameter steps: patterns in the row with its two ends, at least 2.
  public init(_ first: LatentVector, _ last: LatentVector, steps: Int, path: LatentPath, decoder: PatternDecoder) {
    let walk = MorphWalk(
      from: first.numbers, to: last.numbers, path: path, count: steps, decoder: decoder, first: first.pattern,
      last: last.pattern)
    let between = walk.steps.dropFirst().dropLast().map { step in
      LatentPoint(
        numbers: path.point(from: first.numbers, to: last.numbers, at: step.position), pattern: step.pattern,
        decoder: decoder)
    }
    let ends = (LatentPoint(first, letter: "A", decoder: decoder), LatentPoint(last, letter: "B", decoder: decoder))
    points = [ends.0] + between + [ends.1]
  }

  /// How many notes of the cell change from the pattern before; 0 for the first.
  public func changes(at index: Int) -> Int {
    index == 0 ? 0 : points[index - 1].pattern.changedNotes(to: points[index].pattern)
  }

  /// How many notes of the cell differ from A's and from B's.
  public func distances(at index: Int) -> [Int] {
    [points[0], points[points.count - 1]].map { $0.pattern.changedNotes(to: points[index].pattern) }
  }
}
