// Predictions made by hand, which write down what they are told.

@testable import Improviser

/// A prediction with fixed probabilities.
final class FakePrediction: NotePrediction {
  enum Call: Equatable {
    case hear(NoteEvent), play(NoteEvent), mark, rewind, beginPiece, forgetPlayer
  }

  var memoryShare = 0.0
  private(set) var calls: [Call] = []
  private(set) var scales: [ScaleCondition?] = []
  private let buffers: [UnsafeMutableBufferPointer<Float>]
  private var lastPitch = -1

  /// Probabilities in proportion to the weights.
  init(
    interval: @escaping (Int) -> Float, pitch: @escaping (Int) -> Float,
    duration: @escaping (Int) -> Float = { _ in 1 },
    velocity: @escaping (Int) -> Float = { _ in 1 }
  ) {
    let counts = [NoteVocabulary.intervalCount, 128, NoteVocabulary.timeCount, NoteVocabulary.velocityCount, 128]
    buffers = counts.map { .allocate(capacity: $0) }
    for (buffer, weight) in zip(buffers, [interval, pitch, { $0 == 0 ? 0 : duration($0) }, velocity]) {
      let weights = buffer.indices.map(weight)
      let sum = weights.reduce(0, +)
      for index in buffer.indices { buffer[index] = weights[index] / sum }
    }
  }

  deinit { for buffer in buffers { buffer.deallocate() } }

  /// Everything equally likely.
  static func flat() -> FakePrediction { FakePrediction(interval: { _ in 1 }, pitch: { _ in 1 }) }

  /// Nearly always the same note after the same time.
  static func peaked(pitch: Int = 60) -> FakePrediction {
    FakePrediction(
      interval: { $0 == 8 ? 0.97 : 0.03 / 40 }, pitch: { $0 == pitch ? 0.97 : 0.03 / 127 },
      duration: { $0 == 8 ? 0.97 : 0.03 / 38 }, velocity: { $0 == 10 ? 0.97 : 0.03 / 15 })
  }

  /// Melodies in a register, mostly by eighths and quarters.
  static func melodic() -> FakePrediction {
    FakePrediction(
      interval: { [0: 0.1, 5: 0.1, 8: 0.4, 14: 0.3, 21: 0.05, 40: 0.05][$0] ?? 0.001 },
      pitch: { (50...75).contains($0) ? 1 : 0.01 }, duration: { [8: 0.5, 14: 0.4][$0] ?? 0.005 })
  }

  var heard: [NoteEvent] { calls.compactMap { if case .hear(let event) = $0 { event } else { nil } } }
  var played: [NoteEvent] { calls.compactMap { if case .play(let event) = $0 { event } else { nil } } }

  func beginPiece() { calls.append(.beginPiece) }
  func forgetPlayer() { calls.append(.forgetPlayer) }
  func hear(_ event: NoteEvent, scale: ScaleCondition?) { take(.hear(event), event, scale) }
  func play(_ event: NoteEvent, scale: ScaleCondition?) { take(.play(event), event, scale) }
  func mark() { calls.append(.mark) }
  func rewind() { calls.append(.rewind) }
  func intervals() -> UnsafeBufferPointer<Float> { UnsafeBufferPointer(buffers[0]) }

  func pitches(interval: Int) -> UnsafeBufferPointer<Float> {
    guard interval == 0, lastPitch >= 0, lastPitch < 127 else { return UnsafeBufferPointer(buffers[1]) }
    var sum: Float = 0
    for pitch in 0..<128 {
      buffers[4][pitch] = pitch > lastPitch ? buffers[1][pitch] : 0
      sum += buffers[4][pitch]
    }
    for pitch in 0..<128 { buffers[4][pitch] /= sum }
    return UnsafeBufferPointer(buffers[4])
  }

  func durations(interval: Int, pitch: Int) -> UnsafeBufferPointer<Float> { UnsafeBufferPointer(buffers[2]) }
  func velocities(interval: Int, pitch: Int, duration: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(buffers[3])
  }

  private func take(_ call: Call, _ event: NoteEvent, _ scale: ScaleCondition?) {
    calls.append(call)
    scales.append(scale)
    lastPitch = event.pitch
  }
}
