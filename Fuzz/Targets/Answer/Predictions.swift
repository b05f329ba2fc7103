// What the fuzzed improviser draws from: a small network with memories, or distributions that the input gives.

import Foundation
import FuzzSupport
import Neural

@testable import Improviser

/// A note model of a few numbers with fixed weights. It answers nonsense, and that is enough.
enum SmallNetwork {
  static let model: NoteModel? = {
    var generator = SeededGenerator(seed: 7)
    var writer = SafetensorsWriter(metadata: [
      "architecture": NoteModel.architecture, "version": NoteModel.version,
      "ticks_per_beat": "\(NoteVocabulary.ticksPerBeat)", "times": "\(NoteVocabulary.times)",
      "shape":
        "{\"embedding\":4,\"layers\":1,\"hidden\":4,\"pitch_hidden\":4,\"duration_hidden\":4,\"velocity_hidden\":4}",
    ])
    let path = NSTemporaryDirectory() + "/antiphon-fuzz-\(getpid()).safetensors"
    defer { unlink(path) }
    do throws(ModelError) {
      for (name, shape) in tensors {
        let values = (0..<shape.reduce(1, *)).map { _ in Float(generator.uniform() * 2 - 1) }
        try writer.add(name, shape: shape, values)
      }
      try writer.write(to: URL(fileURLWithPath: path))
      return try NoteModel(contentsOf: URL(fileURLWithPath: path))
    } catch {
      FuzzInput.check(false, "the network can be made: \(error)")
      return nil
    }
  }()

  /// What the network draws from, with a memory of `capacity` notes of the player; a corpus is left out.
  static func prediction(capacity: Int) -> any NotePrediction {
    guard let model else { return DrawnPrediction([]) }
    return NotePredictor(
      network: NoteModelState(model), spare: NoteModelState(model), longTerm: nil, capacity: capacity)
  }

  private static let tensors: [(name: String, shape: [Int])] = {
    let (intervals, pitches) = (NoteVocabulary.intervalCount, NoteVocabulary.pitchCount)
    let (times, velocities) = (NoteVocabulary.timeCount, NoteVocabulary.velocityCount)
    let rows = [("interval", intervals), ("pitch", pitches), ("duration", times)]
    var list = [
      ("embedding.pitch", [pitches + 1, 4]), ("embedding.interval", [intervals, 4]), ("embedding.duration", [times, 4]),
      ("embedding.velocity", [velocities, 4]), ("embedding.scale", [ScaleCondition.count, 4]),
      ("interval.weight", [intervals, 4]), ("interval.bias", [intervals]), ("lstm.0.weight_ih", [16, 4]),
      ("lstm.0.weight_hh", [16, 4]), ("lstm.0.bias", [16]),
    ]
    for (place, (head, classes)) in [("pitch", pitches), ("duration", times), ("velocity", velocities)].enumerated() {
      list += [(head + ".hidden.weight", [4, 4]), (head + ".hidden.bias", [4])]
      list += rows.prefix(place + 1).map { (head + "." + $0.0, [$0.1, 4]) }
      list += [(head + ".weight", [classes, 4]), (head + ".bias", [classes])]
    }
    return list
  }()
}

/// Fixed distributions in which a few classes that the input names have nearly all the weight: stubborn models.
final class DrawnPrediction: NotePrediction {
  var memoryShare = 0.0
  private let buffers: [UnsafeMutableBufferPointer<Float>]
  private var lastPitch = -1

  /// - Parameter choices: for each part in turn a class that is likely, over and over.
  init(_ choices: [UInt8]) {
    let counts = [NoteVocabulary.intervalCount, 128, NoteVocabulary.timeCount, NoteVocabulary.velocityCount, 128]
    buffers = counts.map { .allocate(capacity: $0) }
    for buffer in buffers { buffer.initialize(repeating: 1e-6) }
    for (index, choice) in choices.enumerated() {
      let buffer = buffers[index % 4]
      buffer[Int(choice) % buffer.count] += 1
    }
    buffers[2][0] = 0  // no note lasts no time
    for buffer in buffers { Self.normalize(buffer) }
  }

  deinit { for buffer in buffers { buffer.deallocate() } }

  private static func normalize(_ buffer: UnsafeMutableBufferPointer<Float>) {
    let sum = buffer.reduce(0, +)
    if sum > 0 { for index in buffer.indices { buffer[index] /= sum } }
  }

  func beginPiece() { lastPitch = -1 }
  func forgetPlayer() {}
  func hear(_ event: NoteEvent, scale: ScaleCondition?) { take(event) }
  func play(_ event: NoteEvent, scale: ScaleCondition?) { take(event) }
  func mark() {}
  func rewind() {}
  func intervals() -> UnsafeBufferPointer<Float> { UnsafeBufferPointer(buffers[0]) }

  func pitches(interval: Int) -> UnsafeBufferPointer<Float> {
    guard interval == 0, lastPitch >= 0 else { return UnsafeBufferPointer(buffers[1]) }
    for pitch in 0..<128 { buffers[4][pitch] = pitch > lastPitch ? buffers[1][pitch] : 0 }
    Self.normalize(buffers[4])
    return UnsafeBufferPointer(buffers[4])
  }

  func durations(interval: Int, pitch: Int) -> UnsafeBufferPointer<Float> { UnsafeBufferPointer(buffers[2]) }
  func velocities(interval: Int, pitch: Int, duration: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(buffers[3])
  }

  private func take(_ event: NoteEvent) {
    FuzzInput.check((0...127).contains(event.pitch) && event.duration >= 1, "the model is told notes: \(event)")
    FuzzInput.check((1...127).contains(event.velocity) && event.interval >= 0, "the model is told notes: \(event)")
    lastPitch = event.pitch
  }
}
