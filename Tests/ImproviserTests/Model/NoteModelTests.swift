// The note model against numpy, and the rules of its state.
import Foundation
import Music
import Neural
import Testing

@testable import Improviser

private func difference(_ left: UnsafeBufferPointer<Float>, _ right: ArraySlice<Float>) -> Float {
  guard left.count == right.count else { return .infinity }
  return zip(left, right).map { $1 < -1e29 ? ($0 == -.infinity ? 0 : .infinity) : abs($0 - $1) }.max() ?? 0
}

struct NoteModelTests {
  private let events: [NoteEvent]
  private let classes: [Int]
  private let scales: [ScaleCondition?]

  init() throws {
    classes = try goldenTensors("notes-expected.safetensors").integers("events", shape: [9, 4])
    let classes = classes
    events = (0..<9).map { n in
      let row = Array(classes[(4 * n)..<(4 * n + 4)])
      return event(interval: row[0], pitch: row[1], duration: row[2], velocity: row[3])
    }
    let major = ScaleCondition(Scale(tonic: PitchClass(wrapping: 0), family: .major))
    let minor = ScaleCondition(Scale(tonic: PitchClass(wrapping: 9), family: .harmonicMinor))
    // Told with the start and the first three notes, with none of the next three, with the rest.
    scales = [major, major, major, major, nil, nil, nil, minor, minor, minor]
  }

  private static let paths: [(KernelInstructions, WeightPrecision)] =
    KernelInstructions.allCases.filter { $0.rawValue <= KernelInstructions.best.rawValue }
    .flatMap { instructions in WeightPrecision.allCases.map { (instructions, $0) } }

  /// The golden model's weights are half floats, so that both precisions must agree with 64-bit floats.
  @Test(arguments: paths)
  func agreesWithNumpy(instructions: KernelInstructions, precision: WeightPrecision) throws {
    let expected = try goldenTensors("notes-expected.safetensors")
    let intervals = try expected.floats("intervals", shape: [10, 41])
    let pitches = try expected.floats("pitches", shape: [9, 128])
    let durations = try expected.floats("durations", shape: [9, 40])
    let velocities = try expected.floats("velocities", shape: [9, 16])
    let scores = try expected.floats("scores", shape: [9, 4])
    let model = try NoteModel(
      contentsOf: goldenFile("notes.safetensors"), precision: precision, instructions: instructions)
    let state = NoteModelState(model)
    state.reset(scale: scales[0])
    for n in 0..<9 {
      let (interval, pitch, duration) = (classes[4 * n], classes[4 * n + 1], classes[4 * n + 2])
      #expect(difference(state.intervalLogits(), intervals[(41 * n)..<(41 * n + 41)]) < 1e-5)
      #expect(difference(state.pitchLogits(interval: interval), pitches[(128 * n)..<(128 * n + 128)]) < 1e-5)
      let durationLogits = state.durationLogits(interval: interval, pitch: pitch)
      #expect(difference(durationLogits, durations[(40 * n)..<(40 * n + 40)]) < 1e-5)
      let velocityLogits = state.velocityLogits(interval: interval, pitch: pitch, duration: duration)
      #expect(difference(velocityLogits, velocities[(16 * n)..<(16 * n + 16)]) < 1e-5)
      let score = state.score(events[n])
      let parts = [score.interval, score.pitch, score.duration, score.velocity]
      for (part, value) in zip(parts, scores[(4 * n)...]) { #expect(abs(part - Double(value)) < 1e-5) }
      #expect(score.total == parts.reduce(0, +))
      state.advance(events[n], scale: scales[n + 1])
    }
    #expect(difference(state.intervalLogits(), intervals[369...]) < 1e-5)
    #expect(abs(state.scoreOfEnd() - Double(try expected.floats("end", shape: [1])[0])) < 1e-5)
  }

  @Test func keepsHalfFloatsWhereTheyLoseNothing() throws {
    let stored = try NoteModel(contentsOf: goldenFile("notes.safetensors"))
    #expect(stored.precision == .fastest(for: .float16))
    #expect(try NoteModel(NoteModelFixture().file()).precision == .float32)
    #expect(stored.shape.pitchHidden == 18)
  }

  @Test func chordsGoUpwardsExceptBeforeTheFirstNote() throws {
    let state = NoteModelState(try NoteModel(contentsOf: goldenFile("notes.safetensors")))
    #expect(state.pitchLogits(interval: 0).allSatisfy { $0.isFinite })
    state.advance(events[0], scale: nil)
    let chord = state.pitchLogits(interval: 0)
    #expect(chord[...60].allSatisfy { $0 == -.infinity } && chord[61...].allSatisfy(\.isFinite))
    #expect(state.pitchLogits(interval: 1).allSatisfy { $0.isFinite })
    #expect(state.score(event(interval: 0, pitch: 60, duration: 3, velocity: 3)).pitch == -.infinity)
    state.reset()
    #expect(state.pitchLogits(interval: 0).allSatisfy { $0.isFinite })
  }

  @Test func probabilitiesOfEachPartSumToOne() throws {
    let state = NoteModelState(try NoteModel(contentsOf: goldenFile("notes.safetensors")))
    state.advance(events[0], scale: scales[1])
    func sum(_ logits: UnsafeBufferPointer<Float>) -> Double {
      logits.indices.reduce(0) { $0 + exp(logProbability(of: $1, logits: logits)) }
    }
    #expect(abs(sum(state.intervalLogits()) - 1) < 1e-9)
    #expect(abs(sum(state.pitchLogits(interval: 0)) - 1) < 1e-9)
    #expect(abs(sum(state.durationLogits(interval: 0, pitch: 70)) - 1) < 1e-9)
    #expect(abs(sum(state.velocityLogits(interval: 0, pitch: 70, duration: 9)) - 1) < 1e-9)
  }

  @Test func copiesGoTheirOwnWay() throws {
    let model = try NoteModel(contentsOf: goldenFile("notes.safetensors"))
    let (one, other) = (NoteModelState(model), NoteModelState(model))
    for n in 0..<3 { one.advance(events[n], scale: nil) }
    other.copy(from: one)
    let expected = one.score(events[3])
    #expect(other.score(events[3]) == expected)
    // The pitch of the last note comes along.
    #expect(other.pitchLogits(interval: 0)[67] == -.infinity)
    other.advance(events[4], scale: scales[0])
    #expect(one.score(events[3]) == expected)
    #expect(other.score(events[3]) != expected)
    other.reset()
    one.reset()
    #expect(other.score(events[0]) == one.score(events[0]))
  }

  @Test func takesValuesOutsideMIDIAsTheNearest() throws {
    let model = try NoteModel(contentsOf: goldenFile("notes.safetensors"))
    let (one, other) = (NoteModelState(model), NoteModelState(model))
    one.advance(NoteEvent(interval: -5, pitch: 300, duration: 0, velocity: 1000), scale: nil)
    other.advance(NoteEvent(interval: 0, pitch: 127, duration: 1, velocity: 127), scale: nil)
    #expect(one.score(events[3]) == other.score(events[3]))
    #expect(one.score(NoteEvent(interval: 1 << 40, pitch: -9, duration: 1 << 40, velocity: -1)).total.isFinite)
  }
}
