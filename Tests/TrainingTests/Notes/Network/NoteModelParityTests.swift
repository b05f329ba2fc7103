// The trained network and the inference that ships compute the same function.
import Foundation
import Improviser
import Music
import Testing
import Torch

@testable import Training

extension TorchRandomTests.Notes {
  /// Largest difference of the log-probabilities over 64 events with chords and a scale, in single precision.
  @Test(arguments: [nil, NoteFixtures.dDorian]) func inferenceAgrees(scale: Scale?) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "note-parity-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "notes.safetensors")
    try TorchRuntime.seed(11)
    let network = try NoteNetwork(NoteNetworkOptions())
    try NoteModelFile.write(network, notes: [:], as: .float32, to: url)
    let sequence = NoteFixtures.sequence(5, notes: 64, scale: scale)
    #expect(sequence.events.dropFirst().contains { $0.interval == 0 })
    let wanted = try network.logProbabilities(of: sequence)

    let condition = scale.map { ScaleCondition($0) }
    let state = NoteModelState(try NoteModel(contentsOf: url))
    state.reset(scale: condition)
    var worst = 0.0
    func compare(_ logits: UnsafeBufferPointer<Float>, _ attribute: NoteAttribute, _ index: Int) {
      let largest = Double(logits.max() ?? 0)
      let sum = largest + log(logits.reduce(0) { $0 + exp(Double($1) - largest) })
      let expected = wanted.distribution(attribute, at: index)
      #expect(logits.count == expected.count)
      for (logit, value) in zip(logits, expected) {
        if value == -.infinity {
          #expect(logit == -.infinity)
        } else {
          worst = max(worst, abs(Double(logit) - sum - Double(value)))
        }
      }
    }
    for (index, event) in sequence.events.enumerated() {
      let interval = NoteVocabulary.intervalClass(ticks: event.interval)
      let duration = NoteVocabulary.durationClass(ticks: event.duration)
      compare(state.intervalLogits(), .interval, index)
      compare(state.pitchLogits(interval: interval), .pitch, index)
      compare(state.durationLogits(interval: interval, pitch: event.pitch), .duration, index)
      compare(state.velocityLogits(interval: interval, pitch: event.pitch, duration: duration), .velocity, index)
      state.advance(event, scale: condition)
    }
    compare(state.intervalLogits(), .interval, sequence.events.count)
    #expect(worst <= 1e-5)
  }
}
