// Between the quarter notes of a score and seconds.

/// The tempo changes of a piece; turns positions in quarter notes into seconds and back.
public struct TempoMap: Hashable, Sendable {
  /// A new tempo from a position on.
  public struct Change: Hashable, Sendable {
    /// The position in quarter notes from the start.
    public var quarters: Double
    /// The length of a quarter note in microseconds, as files keep it: 500,000 is 120 a minute.
    public var microsecondsPerQuarter: Int

    /// The tempo `microsecondsPerQuarter` from `quarters` on.
    public init(quarters: Double, microsecondsPerQuarter: Int) {
      self.quarters = quarters
      self.microsecondsPerQuarter = microsecondsPerQuarter
    }
  }

  private struct Segment: Hashable {
    var quarters: Double
    var seconds: Double
    var secondsPerQuarter: Double

    func seconds(at position: Double) -> Double { seconds + (position - quarters) * secondsPerQuarter }
  }

  /// The changes in the order of time.
  public let changes: [Change]
  private let segments: [Segment]

  /// The longest quarter note that a file can hold, in microseconds.
  static let slowest = 0xFF_FFFF

  /// A map of `changes`, in any order; before the first the tempo is 120 quarters a minute.
  ///
  /// Positions below zero count as zero; changes at no position (NaN, infinity) or with a quarter note outside
  /// 1…16,777,215 µs are left out.
  public init(changes: [Change] = []) {
    let sound = changes.filter { $0.quarters.isFinite && (1...Self.slowest).contains($0.microsecondsPerQuarter) }
    // Swift's sort is stable: of several changes at one position the last one holds.
    self.changes =
      sound
      .map { Change(quarters: max($0.quarters, 0), microsecondsPerQuarter: $0.microsecondsPerQuarter) }
      .sorted { $0.quarters < $1.quarters }
    var segments = [Segment(quarters: 0, seconds: 0, secondsPerQuarter: 0.5)]
    for change in self.changes {
      segments.append(
        Segment(
          quarters: change.quarters, seconds: segments[segments.count - 1].seconds(at: change.quarters),
          secondsPerQuarter: Double(change.microsecondsPerQuarter) / 1e6))
    }
    self.segments = segments
  }

  /// Seconds from the start to a position in quarter notes.
  ///
  /// - Complexity: O(log changes).
  public func seconds(atQuarters quarters: Double) -> Double {
    segments[last { $0.quarters <= quarters }].seconds(at: quarters)
  }

  /// The position in quarter notes after a number of seconds.
  ///
  /// - Complexity: O(log changes).
  public func quarters(atSeconds seconds: Double) -> Double {
    let segment = segments[last { $0.seconds <= seconds }]
    return segment.quarters + (seconds - segment.seconds) / segment.secondsPerQuarter
  }

  /// The length of a quarter note at a position, in seconds.
  public func secondsPerQuarter(atQuarters quarters: Double) -> Double {
    segments[last { $0.quarters <= quarters }].secondsPerQuarter
  }

  /// The index of the last segment that `hasBegun`; the first one where none has.
  private func last(where hasBegun: (Segment) -> Bool) -> Int {
    var (low, high) = (0, segments.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if hasBegun(segments[middle]) { low = middle } else { high = middle }
    }
    return low
  }
}
