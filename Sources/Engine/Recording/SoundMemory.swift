// The last second of sound, for the begin of a take that is noticed a moment later.

import AudioIO

/// Cycles in the order of time; old ones are forgotten.
struct SoundMemory {
  private struct Entry {
    var block: TapBlock
    var samples: [Float]
  }

  private let seconds: Double
  private var entries: [Entry] = []

  /// - Parameter seconds: how much is remembered.
  init(seconds: Double) {
    self.seconds = seconds
  }

  /// The rate of the newest cycle; nil when nothing is remembered.
  var sampleRate: Int? { entries.last?.block.sampleRate }

  /// Remembers a cycle. Those of another rate are forgotten, for they go into no common file.
  mutating func add(_ block: TapBlock, _ samples: UnsafeBufferPointer<Float>) {
    if sampleRate != block.sampleRate { entries = [] }
    entries.append(Entry(block: block, samples: Array(samples)))
    let old = entries.firstIndex { $0.block.seconds >= block.seconds - seconds } ?? 0
    // Not one by one: each removal moves all the others.
    if old > 64 || old > entries.count / 2 { entries.removeFirst(old) }
  }

  /// Forgets everything.
  mutating func clear() { entries = [] }

  /// Hands out what ended after `start`, oldest first.
  func replay(
    from start: Double, _ body: (TapBlock, UnsafeBufferPointer<Float>) throws(RecordingError) -> Void
  ) throws(RecordingError) {
    for entry in entries {
      let end = entry.block.seconds + Double(entry.block.frames) / Double(max(1, entry.block.sampleRate))
      guard end > start else { continue }
      var problem: RecordingError?
      entry.samples.withUnsafeBufferPointer { buffer in
        do throws(RecordingError) { try body(entry.block, buffer) } catch { problem = error }
      }
      if let problem { throw problem }
    }
  }
}
