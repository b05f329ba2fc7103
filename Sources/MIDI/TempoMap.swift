// From ticks to seconds.

/// Turns the ticks of a Standard MIDI File into seconds, through its division of time and its tempo changes.
struct TempoMap {
  /// The unit of the delta times, from the header.
  enum Division: Hashable {
    /// Ticks in a quarter note, so that the tempo decides the seconds.
    case ticksPerQuarter(Int)
    /// Ticks in a second, whatever the tempo.
    case ticksPerSecond(Double)

    /// Reads the header's 16 bits; nil for zero ticks and unknown frame rates.
    init?(header: Int) {
      let (high, low) = (header >> 8 & 0xFF, header & 0xFF)
      guard high >= 0x80 else {
        guard header > 0 else { return nil }
        self = .ticksPerQuarter(header)
        return
      }
      // SMPTE: the high byte is minus the frames per second; 29 stands for the 29.97 of drop-frame video.
      let frames: [Int: Double] = [24: 24, 25: 25, 29: 30000 / 1001, 30: 30]
      guard low > 0, let rate = frames[256 - high] else { return nil }
      self = .ticksPerSecond(rate * Double(low))
    }
  }

  /// A new tempo at a tick.
  struct Change {
    var tick: Int
    var microsecondsPerQuarter: Int
  }

  private struct Segment {
    var tick: Int
    var seconds: Double
    var secondsPerTick: Double
  }

  private var segments: [Segment]

  /// A map of `changes`, in any order; before the first the tempo is 120 quarters a minute.
  init(division: Division, changes: [Change]) {
    switch division {
    case .ticksPerSecond(let rate):
      segments = [Segment(tick: 0, seconds: 0, secondsPerTick: 1 / rate)]
    case .ticksPerQuarter(let ticks):
      segments = [Segment(tick: 0, seconds: 0, secondsPerTick: 0.5 / Double(ticks))]
      for change in changes.sorted(by: { $0.tick < $1.tick }) {
        segments.append(
          Segment(
            tick: change.tick, seconds: seconds(at: change.tick),
            secondsPerTick: Double(change.microsecondsPerQuarter) / 1e6 / Double(ticks)))
      }
    }
  }

  /// Seconds from tick 0 to `tick`.
  ///
  /// - Complexity: O(log changes).
  func seconds(at tick: Int) -> Double {
    var (low, high) = (0, segments.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].tick <= tick { low = middle } else { high = middle }
    }
    let segment = segments[low]
    return segment.seconds + Double(tick - segment.tick) * segment.secondsPerTick
  }
}
