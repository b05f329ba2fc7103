// Patterns between four latent vectors.

public import Improviser

/// A square of patterns with A at the top left, B at the top right, C at the bottom left and D at the bottom right.
public struct LatentGrid: Sendable {
  /// How many rows and columns a grid may have.
  public static let sizes = 2...9

  /// Rows, and columns.
  public let size: Int
  /// The patterns, row by row from the top.
  public let points: [LatentPoint]

  /// Decodes the vectors at equal distances on the way from left to right between those on the ways from A to C and
  /// from B to D; on straight paths that is bilinear interpolation. Where neighbours differ in more than
  /// `MorphWalk.limit` notes, the most probable patterns that do not take their places (`MorphGrid`).
  ///
  /// - Parameters:
  ///   - corners: A, B, C and D; traps with another number.
  ///   - size: rows and columns with the corners, at least 2.
  public init(_ corners: [LatentVector], size: Int, path: LatentPath, decoder: PatternDecoder) {
    precondition(corners.count == 4, "a grid has four corners")
    self.size = size
    let last = size - 1
    let places = [0: 0, last: 1, last * size: 2, last * size + last: 3]
    let decoded = (0..<size * size).map { index in
      if let corner = places[index] {
        return LatentPoint(corners[corner], letter: ["A", "B", "C", "D"][corner], decoder: decoder)
      }
      let (down, across) = (Float(index / size) / Float(last), Float(index % size) / Float(last))
      let left = path.point(from: corners[0].numbers, to: corners[2].numbers, at: down)
      let right = path.point(from: corners[1].numbers, to: corners[3].numbers, at: down)
      return LatentPoint(numbers: path.point(from: left, to: right, at: across), decoder: decoder)
    }
    var grid = MorphGrid(decoded.map(\.pattern), columns: size, fixed: Set(places.keys))
    grid.smooth(vectors: decoded.map(\.numbers), decoder: decoder)
    points = zip(decoded, grid.patterns).map { point, pattern in
      var point = point
      point.pattern = pattern
      return point
    }
  }

  /// How many notes of the cell change from the pattern on the left; nil in the first column.
  public func changesFromLeft(at index: Int) -> Int? {
    index % size == 0 ? nil : points[index - 1].pattern.changedNotes(to: points[index].pattern)
  }

  /// How many notes of the cell change from the pattern above; nil in the first row.
  public func changesFromAbove(at index: Int) -> Int? {
    index < size ? nil : points[index - size].pattern.changedNotes(to: points[index].pattern)
  }

  /// How many notes of the cell differ from those of A, B, C and D.
  public func distances(at index: Int) -> [Int] {
    let last = size - 1
    return [0, last, last * size, last * size + last].map {
      points[$0].pattern.changedNotes(to: points[index].pattern)
    }
  }
}
