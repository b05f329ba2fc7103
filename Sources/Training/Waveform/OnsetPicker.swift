// Finds onsets in a stream of onset strengths.

/// Picks peaks as S. Böck, F. Krebs and M. Schedl, "Evaluating the online capabilities of onset detection methods",
/// ISMIR 2012, do offline: an onset is the largest value of its surroundings, exceeds their mean by a threshold, and
/// does not follow another one too soon.
struct OnsetPicker {
  /// A picked frame.
  struct Peak: Hashable {
    /// The number of the frame, from 0.
    var frame: Int
    /// Its flux.
    var strength: Float
  }

  /// Frames of 5 ms before and after in which the peak is the largest: 30 ms.
  private static let maximum = (before: 6, after: 6)
  /// Frames before and after whose mean it exceeds: 100 and 70 ms.
  private static let mean = (before: 20, after: 14)
  /// The least distance of two onsets in frames: 30 ms.
  private static let distance = 6
  /// By how much it exceeds the mean; lower finds more bowed and blown notes, and more that are none.
  static let threshold: Float = 0.7

  private var values: [Float]
  /// Frames given so far.
  private var count = 0
  private var last = -OnsetPicker.distance - 1

  init() {
    // The past is silence.
    values = Array(repeating: 0, count: Self.mean.before + 1 + Self.mean.after)
  }

  /// Takes the flux of the next frame and tells whether the frame 14 before it is an onset.
  mutating func process(_ flux: Float) -> Peak? {
    values.removeFirst()
    values.append(flux)
    count += 1
    let frame = count - 1 - Self.mean.after
    let here = Self.mean.before
    let value = values[here]
    guard frame >= 0, value > 0, frame - last > Self.distance else { return nil }
    let isLargest = values[(here - Self.maximum.before)...(here + Self.maximum.after)].allSatisfy { $0 <= value }
    let mean = values.reduce(0, +) / Float(values.count)
    guard isLargest, value >= mean + Self.threshold else { return nil }
    last = frame
    return Peak(frame: frame, strength: value)
  }

  /// The onsets of the last frames, which have no future.
  mutating func finish() -> [Peak] { (0..<Self.mean.after).compactMap { _ in process(0) } }
}
