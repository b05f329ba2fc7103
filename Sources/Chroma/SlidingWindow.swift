// The newest samples of a stream, contiguous.

/// Keeps the last `length` samples; appending is O(block), amortised.
struct SlidingWindow {
  let length: Int
  private var samples: [Float]
  private var end: Int

  init(length: Int) {
    self.length = length
    samples = [Float](repeating: 0, count: length * 4)
    end = length
  }

  /// The past becomes silence.
  mutating func reset() {
    for i in samples.indices { samples[i] = 0 }
    end = length
  }

  /// Appends `count` samples; of a block longer than three windows only the end is kept.
  mutating func append(_ block: UnsafePointer<Float>, count: Int) {
    let kept = min(count, samples.count - length)
    samples.withUnsafeMutableBufferPointer { samples in
      guard let base = samples.baseAddress else { return }
      if end + kept > samples.count {
        base.update(from: base + end - length, count: length)
        end = length
      }
      (base + end).update(from: block + count - kept, count: kept)
      end += kept
    }
  }

  /// Calls `body` with the newest `length` samples, oldest first.
  func withNewest<R>(_ body: (UnsafePointer<Float>) -> R) -> R? {
    samples.withUnsafeBufferPointer { samples in samples.baseAddress.map { body($0 + end - length) } }
  }
}
