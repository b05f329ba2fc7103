// Finds the pattern at a place between two others while playing.

public import Music

/// A way through the latent space from one pattern to another; one thread at a time.
///
/// The ends are encoded when they change, the place is decoded when it or the ends change. After the first `pattern` of
/// two ends nothing is allocated, and a step takes some microseconds (`antiphon-benchmark morph` measures it).
public final class PatternMorph {
  private let model: ThesaurusModel
  private let decoder: PatternDecoder
  private let path: LatentPath
  private var start, end, point: [Float]
  private var ends: (start: ThesaurusPattern, end: ThesaurusPattern)?
  private var place: Double?
  private var found: ThesaurusPattern?

  /// - Parameters:
  ///   - model: shared.
  ///   - path: the way from one end to the other.
  public init(model: ThesaurusModel, path: LatentPath = .linear) {
    self.model = model
    self.path = path
    decoder = PatternDecoder(model: model)
    start = [Float](repeating: 0, count: model.latent)
    end = start
    point = start
    // The tables that the first decoding makes are not to be made while somebody plays.
    _ = decoder.decode(point)
  }

  /// The pattern at `place` between two ends: `start` itself at 0 and below, `end` itself at 1 and above, in between
  /// what the decoder makes of the vector there. A place that is no number counts as 0.
  public func pattern(from start: ThesaurusPattern, to end: ThesaurusPattern, at place: Double) -> ThesaurusPattern {
    if place.isNaN || place <= 0 || start == end { return start }
    if place >= 1 { return end }
    if ends?.start != start || ends?.end != end {
      (self.start, self.end) = (model.encode(start).mean, model.encode(end).mean)
      (ends, found) = ((start, end), nil)
    }
    if let found, self.place == place { return found }
    let pattern = decode(at: Float(place))
    (self.place, found) = (place, pattern)
    return pattern
  }

  private func decode(at place: Float) -> ThesaurusPattern {
    point.withUnsafeMutableBufferPointer { point in
      start.withUnsafeBufferPointer { start in
        end.withUnsafeBufferPointer { path.point(from: start, to: $0, at: place, into: point) }
      }
      return decoder.decode(UnsafeBufferPointer(point))
    }
  }
}
