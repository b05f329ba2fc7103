// What a command about the latent space found.

public import Improviser

/// Patterns with their vectors and the figures about them.
public struct LatentResult: Sendable {
  /// Which command found it; the raw value is the command's name.
  public enum Kind: String, Sendable {
    case sample, reconstruct, interpolate, grid
  }

  /// A number about the whole.
  public struct Figure: Equatable, Sendable {
    /// What it counts.
    public var name: String
    /// The number.
    public var value: Double
    /// The number as text, with what it is out of.
    public var text: String
  }

  /// Which command found it.
  public let kind: Kind
  /// The way from vector to vector, where there is one.
  public let path: LatentPath?
  /// Patterns in a row of the grid; nil where they are no grid.
  public let columns: Int?
  /// The patterns in order.
  public let entries: [LatentEntry]
  /// Figures about them.
  public let figures: [Figure]

  /// Patterns that vectors are decoded to.
  public init(samples: [LatentVector], decoder: PatternDecoder, split: PatternSplit = .standard) {
    (kind, path, columns) = (.sample, nil, nil)
    entries = samples.enumerated().map { number, vector in
      let point = LatentPoint(numbers: vector.numbers, decoder: decoder)
      return LatentEntry("\(number + 1)", point, split: split)
    }
    figures = [
      Self.share("new", entries.filter(\.isNovel).count, of: entries.count),
      Self.share("different", Set(entries.map(\.point.pattern)).count, of: entries.count),
    ]
  }

  /// Each pattern and, after it, what comes back of it.
  public init(reconstructions: [LatentReconstruction], split: PatternSplit = .standard) {
    (kind, path, columns) = (.reconstruct, nil, nil)
    entries = reconstructions.enumerated().flatMap { number, reconstruction in
      var point = reconstruction.point
      point.pattern = reconstruction.original
      var original = LatentEntry("\(number + 1)", point, split: split)
      var copy = LatentEntry("\(number + 1)′", reconstruction.point, split: split)
      original.divergence = reconstruction.divergence
      original.remark = ""
      copy.changes = reconstruction.changes
      copy.remark = reconstruction.isExact ? "equal" : "differs: " + reconstruction.differences.joined(separator: ", ")
      return [original, copy]
    }
    figures = [
      Self.share("equal", reconstructions.filter(\.isExact).count, of: reconstructions.count),
      Self.mean("divergence in nats, mean", reconstructions.map(\.divergence)),
    ]
  }

  /// The row of an interpolation.
  public init(_ row: LatentInterpolation, path: LatentPath, split: PatternSplit = .standard) {
    (kind, self.path, columns) = (.interpolate, path, nil)
    entries = row.points.indices.map { index in
      var entry = LatentEntry(row.points[index].letter ?? "\(index + 1)", row.points[index], split: split)
      entry.changes = index == 0 ? nil : row.changes(at: index)
      entry.distances = row.distances(at: index)
      return entry
    }
    let inner = entries.dropFirst().dropLast()
    figures = Self.steps(entries.compactMap(\.changes)) + [
      Self.share("new in between", inner.filter(\.isNovel).count, of: inner.count)
    ]
  }

  /// The rows of a grid.
  public init(_ grid: LatentGrid, path: LatentPath, split: PatternSplit = .standard) {
    (kind, self.path, columns) = (.grid, path, grid.size)
    entries = grid.points.indices.map { index in
      let place = "\(index / grid.size + 1).\(index % grid.size + 1)"
      let point = grid.points[index]
      var entry = LatentEntry(point.letter.map { "\($0) \(place)" } ?? place, point, split: split)
      entry.changes = grid.changesFromLeft(at: index)
      entry.changesFromAbove = grid.changesFromAbove(at: index)
      entry.distances = grid.distances(at: index)
      return entry
    }
    let inner = entries.filter { $0.point.letter == nil }
    figures = Self.steps(entries.compactMap(\.changes) + entries.compactMap(\.changesFromAbove)) + [
      Self.share("new in between", inner.filter(\.isNovel).count, of: inner.count)
    ]
  }

  private static func share(_ name: String, _ count: Int, of all: Int) -> Figure {
    Figure(name: name, value: Double(count), text: "\(count) of \(all)")
  }

  private static func mean(_ name: String, _ values: [Double]) -> Figure {
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    return Figure(name: name, value: mean, text: decimals(mean, 2))
  }

  private static func steps(_ changes: [Int]) -> [Figure] {
    let largest = changes.max() ?? 0
    return [
      Figure(name: "changed notes, largest step", value: Double(largest), text: "\(largest)"),
      mean("changed notes, mean step", changes.map(Double.init)),
    ]
  }
}
