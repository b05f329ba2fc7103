// A model of notes for tests, without a network.

import Improviser

@testable import Training

/// Walks up and down C major in half beats: the next step of the scale has most of the probability.
final class FakePrediction: NotePrediction {
  var memoryShare = 0.5
  private var last = 60
  private var marked = 60
  private var buffers: [UnsafeMutableBufferPointer<Float>] = [41, 128, 40, 16].map {
    UnsafeMutableBufferPointer<Float>.allocate(capacity: $0)
  }

  deinit { for buffer in buffers { buffer.deallocate() } }

  func beginPiece() { last = 60 }
  func forgetPlayer() {}
  func hear(_ event: NoteEvent, scale: ScaleCondition?) { last = event.pitch }
  func play(_ event: NoteEvent, scale: ScaleCondition?) { last = event.pitch }
  func mark() { marked = last }
  func rewind() { last = marked }

  func intervals() -> UnsafeBufferPointer<Float> { peak(0, [8: 0.9, 40: 0.02]) }
  func pitches(interval: Int) -> UnsafeBufferPointer<Float> {
    peak(1, [min(last + 2, 127): 0.45, max(last - 1, 0): 0.45])
  }
  func durations(interval: Int, pitch: Int) -> UnsafeBufferPointer<Float> { peak(2, [8: 0.95]) }
  func velocities(interval: Int, pitch: Int, duration: Int) -> UnsafeBufferPointer<Float> { peak(3, [10: 0.9]) }

  /// The peaks, and the rest of the probability spread over everything else.
  private func peak(_ index: Int, _ peaks: [Int: Float]) -> UnsafeBufferPointer<Float> {
    let buffer = buffers[index]
    let rest = 1 - peaks.values.reduce(0, +)
    for place in buffer.indices { buffer[place] = peaks[place] ?? rest / Float(buffer.count - peaks.count) }
    return UnsafeBufferPointer(buffer)
  }
}
