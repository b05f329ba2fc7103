// From quarter notes to seconds.

/// Turns positions of a score, in quarter notes, into seconds.
struct QuarterTempoMap {
  private var segments: [(position: Double, seconds: Double, secondsPerQuarter: Double)]

  /// A map of tempo marks in quarters a minute, in any order; 90 where there is none.
  init(_ tempos: [(position: Double, quartersPerMinute: Double)]) {
    segments = [(0, 0, 60.0 / 90)]
    for tempo in tempos.sorted(by: { $0.position < $1.position }) {
      segments.append((tempo.position, seconds(at: tempo.position), 60 / tempo.quartersPerMinute))
    }
  }

  /// Seconds from the start to `position`.
  func seconds(at position: Double) -> Double {
    var (low, high) = (0, segments.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].position <= position { low = middle } else { high = middle }
    }
    return segments[low].seconds + (position - segments[low].position) * segments[low].secondsPerQuarter
  }
}
