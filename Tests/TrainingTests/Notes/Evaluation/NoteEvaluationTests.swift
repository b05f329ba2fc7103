// Tests of measuring a note model on held-out pieces.

import Foundation
import Improviser
import Music
import Testing

@testable import Training

@Suite struct NoteEvaluationTests {
  /// Two groups, of which one belongs to `split`.
  static func group(_ split: Split, _ number: Int = 0) -> String {
    (0...).lazy.map { "g\($0)" }.filter { Split(group: $0) == split }.dropFirst(number).first { _ in true } ?? ""
  }

  /// A scale up and down from C, in chords of two when `isChordal`.
  static func sequence(_ split: Split, count: Int = 32, isChordal: Bool = false, number: Int = 0) -> NoteSequence {
    let scale = [60, 62, 64, 65, 67, 69, 71, 72, 71, 69, 67, 65, 64, 62]
    let events = (0..<count).map { index in
      let pitch = scale[(isChordal ? index / 2 : index) % scale.count] + (isChordal && index % 2 == 1 ? 4 : 0)
      let interval = index == 0 || isChordal && index % 2 == 1 ? 0 : 12
      return NoteEvent(interval: interval, pitch: pitch, duration: index % 8 == 7 ? 36 : 12, velocity: 80)
    }
    return NoteSequence(
      events: events, scale: Scale(tonic: PitchClass(wrapping: 0), family: .major), group: group(split, number),
      source: "s", name: "n")
  }

  static func prepared(_ folder: TemporaryFolder, _ sequences: [NoteSequence]) throws -> PreparedNotes {
    let url = folder.url.appending(path: "notes.safetensors")
    let writer = try PreparedNotesWriter(to: url)
    for sequence in sequences { try writer.append(sequence) }
    try writer.finish()
    return try PreparedNotes(contentsOf: url)
  }

  @Test func networkAndBaselinesAreMeasuredOnTheSameNotes() throws {
    let folder = try TemporaryFolder()
    let notes = try Self.prepared(
      folder,
      (0..<4).map { Self.sequence(.train, number: $0) } + [Self.sequence(.test), Self.sequence(.test, count: 16)])
    let evaluation = try NoteEvaluation(
      notes: notes, options: NoteEvaluation.Options(), progress: { _ in false },
      predictor: { _, _ in FakePrediction() })
    let all = evaluation.rows.filter { $0.music == "all" }
    #expect(all.map(\.model).count == 8)
    #expect(all.allSatisfy { $0.score.notes == 48 })
    let unigram = try #require(evaluation.bits(of: "unigram"))
    let best = try #require(evaluation.bits(of: "best n-gram"))
    // The pieces are the same in training and test, which long contexts see and short ones do not.
    #expect(best < unigram - 1)
    #expect(try #require(evaluation.bits(of: "network")) > 0)
    #expect(evaluation.text.contains("best n-gram"))
    #expect(try evaluation.json().contains("\"pitch\""))
  }

  @Test func theNetworksBitsAreThoseOfItsProbabilities() {
    var score = PartScore()
    let events = [60, 62].enumerated().map { NoteEvent(interval: 12 * $0, pitch: $1, duration: 12, velocity: 80) }
    let sequence = NoteSequence(events: events, group: "", source: "", name: "")
    NoteReader(FakePrediction()).measure(sequence, tellsScale: true, into: &score)
    #expect(score.notes == 2)
    // Velocity class 10 has the probability 0.9 both times, and duration class 8 has 0.95.
    #expect(abs(score.bits(.velocity) + log2(0.9)) < 1e-5)
    #expect(abs(score.bits(.duration) + log2(0.95)) < 1e-5)
    let spread = Float(1 - 0.9) / 126
    #expect(abs(score.bits(.pitch) + Double(log2(spread) + log2(Float(0.45))) / 2) < 1e-4)
    // Interval classes 0 (spread), 8 (0.9) and the end (0.02).
    let ends = log2(0.08 / 39) + log2(0.9) + log2(0.02)
    #expect(abs(score.bits(.interval) + ends / 2) < 1e-4)
    #expect(score.top1(.velocity) == 1)
    #expect(score.top1(.pitch) == 0)
  }

  @Test func whatAChordExcludesIsExcludedFromNGrams() {
    var model = NGramBaseline(.pitch)
    let sequence = Self.sequence(.train, count: 64, isChordal: true)
    for _ in 0..<3 { model.learn(sequence.events) }
    var scores = [PartScore()]
    model.measure(sequence.events, orders: [5], into: &scores)
    #expect(scores[0].notes == 64)
    #expect(scores[0].bits(.pitch) < 1)
    // A leap has the same answer in another key.
    let leaps = NGramBaseline(.leap)
    leaps.learn(sequence.events)
    let moved = sequence.events.map {
      NoteEvent(interval: $0.interval, pitch: $0.pitch + 5, duration: $0.duration, velocity: $0.velocity)
    }
    var (same, other) = ([PartScore()], [PartScore()])
    leaps.measure(sequence.events, orders: [5], into: &same)
    leaps.measure(moved, orders: [5], into: &other)
    #expect(abs(same[0].bits(.pitch) - other[0].bits(.pitch)) < 0.05)
    model = NGramBaseline(.velocity)
    model.learn([])
  }

  @Test func withoutHeldOutPiecesThereIsAnError() throws {
    let folder = try TemporaryFolder()
    let notes = try Self.prepared(folder, [Self.sequence(.train)])
    #expect(throws: TrainingError.self) {
      try NoteEvaluation(
        notes: notes, options: NoteEvaluation.Options(), progress: { _ in false },
        predictor: { _, _ in FakePrediction() })
    }
  }
}
