// A snapshot of a DurationHistogram: to be added up and asked for the median.

/// How many durations fell into each bucket.
///
/// Durations below 8 ns have a bucket each; above, every octave has eight of equal width. The last also takes what is
/// longer than 17 s.
public struct DurationCounts: Sendable, Equatable {
  static var buckets: Int { @_noLocks get { 256 } }

  private var counts: [Int]

  /// Nothing counted.
  public init() { self.init([Int](repeating: 0, count: Self.buckets)) }

  /// - Parameter counts: one for each bucket.
  init(_ counts: [Int]) { self.counts = counts }

  /// The durations of both.
  public static func + (a: DurationCounts, b: DurationCounts) -> DurationCounts {
    DurationCounts(zip(a.counts, b.counts).map { $0 &+ $1 })
  }

  /// How many durations were counted.
  public var total: Int { counts.reduce(0, &+) }

  /// The median in nanoseconds, at most the width of a bucket off; nil when nothing was counted.
  public var medianNanoseconds: Double? {
    let half = Double(total) / 2
    guard half > 0 else { return nil }
    var before = 0.0
    for (bucket, count) in counts.enumerated() where count > 0 {
      let here = Double(count)
      if before + here >= half {
        let (start, width) = Self.range(of: bucket)
        return start + width * (half - before) / here
      }
      before += here
    }
    return nil
  }

  /// The bucket of a duration; one that is negative counts as 0.
  @_noLocks static func bucket(of nanoseconds: Int) -> Int {
    if nanoseconds < 8 { return nanoseconds < 0 ? 0 : nanoseconds }
    let octave = 60 &- nanoseconds.leadingZeroBitCount  // 0 for 8…15
    let bucket = (octave &+ 1) &* 8 &+ ((nanoseconds &>> octave) & 7)
    return bucket < buckets ? bucket : buckets &- 1
  }

  /// Where a bucket begins and how wide it is, in nanoseconds.
  static func range(of bucket: Int) -> (start: Double, width: Double) {
    let octave = bucket / 8 - 1
    if octave < 0 { return (Double(bucket), 1) }
    return (Double((8 + bucket % 8) << octave), Double(1 << octave))
  }
}
