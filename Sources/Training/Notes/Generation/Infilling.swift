// Other notes in the middle of a piece, from a network that hears both sides.

public import Foundation
import Improviser
public import MIDI
import Torch

/// Draws new pitches for a stretch of a piece by Gibbs sampling (Geman and Geman 1984; for chorales: Hadjeres et al.
/// 2017, "DeepBach"): again and again a quarter of the stretch's notes is drawn anew, each given all others. The
/// rhythm, the durations and the velocities stay.
public struct Infilling {
  /// Notes before and behind the stretch that the network hears.
  private static let context = 96
  /// Times that every note is drawn, in the mean.
  private static let sweeps = 6
  /// The share of the stretch that is drawn at once is one in so many.
  private static let stride = 4

  private let learner: any NoteLearner

  /// Reads a model that hears both sides.
  ///
  /// - Throws: a sentence when the file is no such model.
  public init(model url: URL) throws {
    try self.init(try NoteLearnerFile.read(url), name: url.lastPathComponent)
  }

  init(_ learner: any NoteLearner, name: String) throws {
    guard !learner.isCausal, learner.outputs.contains(.pitch) else {
      throw TrainingError(
        "\(name) is of the kind \(learner.options.kind.rawValue), which hears only what went before; fill in with a "
          + "model of the kind bilstm-attention.")
    }
    self.learner = learner
  }

  /// The notes of a piece with other pitches where their onsets lie in `quarters`. Percussion stays as it is.
  ///
  /// - Throws: a sentence when there is nothing to fill in, or libtorch's.
  public func fill(
    _ notes: [ScoreNote], in quarters: Range<Double>, temperature: Double = 1, seed: UInt64 = 1
  ) throws -> [ScoreNote] {
    let places = notes.indices.filter { notes[$0].channel != 9 }
      .sorted { (tick(notes[$0]), notes[$0].pitch, $0) < (tick(notes[$1]), notes[$1].pitch, $1) }
    // Of notes that are the same for the model, the first speaks for all.
    var groups: [[Int]] = []
    for place in places {
      if let last = groups.last?.first, tick(notes[last]) == tick(notes[place]), notes[last].pitch == notes[place].pitch {
        groups[groups.count - 1].append(place)
      } else {
        groups.append([place])
      }
    }
    let wanted = groups.indices.filter { quarters.contains(notes[groups[$0][0]].onset) }
    guard let first = wanted.first, let last = wanted.last else {
      throw TrainingError("No note begins there, so there is nothing to fill in; name bars that have notes.")
    }
    let window = max(0, first - Self.context)...min(groups.count - 1, last + Self.context)
    var events = window.map { index in
      let note = notes[groups[index][0]]
      let before = index > window.lowerBound ? tick(notes[groups[index - 1][0]]) : tick(note)
      return NoteEvent(
        interval: tick(note) - before, pitch: note.pitch,
        duration: max(1, Int((note.duration * Double(NoteVocabulary.ticksPerBeat)).rounded())),
        velocity: min(max(note.velocity, 1), 127))
    }
    try draw(wanted.map { $0 - window.lowerBound }, of: &events, temperature: temperature, seed: seed)
    var filled = notes
    for index in wanted { for place in groups[index] { filled[place].pitch = events[index - window.lowerBound].pitch } }
    return filled
  }

  private func tick(_ note: ScoreNote) -> Int {
    Int((min(max(note.onset, 0), 1e6) * Double(NoteVocabulary.ticksPerBeat)).rounded())
  }

  private func draw(
    _ places: [Int], of events: inout [NoteEvent], temperature: Double, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed, index: 0x696E66)
    for _ in 0..<Self.sweeps * Self.stride {
      let classes = try NoteClasses(events, scale: nil, name: "the piece")
      var batch = NoteBatch(steps: events.count, rows: 1, startToken: learner.startToken)
      for index in events.indices { batch.set(step: index, row: 0, classes, index: index) }
      let values = try withoutGradients {
        var state = try learner.start(rows: 1)
        let logits = try learner.logits(batch, state: &state, training: false)
        return try logits.first { $0.attribute == .pitch }?.logits.logSoftmax(over: 1).floats() ?? []
      }
      guard values.count == events.count * NoteVocabulary.pitchCount else {
        throw TrainingError("The model predicts no pitches, so it cannot fill in.")
      }
      for place in places where random.chance(1 / Double(Self.stride)) {
        let row = values[place * NoteVocabulary.pitchCount..<(place + 1) * NoteVocabulary.pitchCount]
        events[place].pitch = pitch(Array(row), among: possible(place, events), temperature, &random)
      }
    }
  }

  /// What keeps the notes of a chord rising.
  private func possible(_ place: Int, _ events: [NoteEvent]) -> ClosedRange<Int> {
    let isAbove = events[place].interval == 0 && place > 0
    let hasAbove = place + 1 < events.count && events[place + 1].interval == 0
    let low = isAbove ? events[place - 1].pitch + 1 : 0
    let high = hasAbove ? events[place + 1].pitch - 1 : NoteVocabulary.pitchCount - 1
    return low...max(low, high)
  }

  private func pitch(
    _ logProbabilities: [Float], among range: ClosedRange<Int>, _ temperature: Double, _ random: inout SplitMix64
  ) -> Int {
    let choices = range.map { (item: $0, weight: exp(Double(logProbabilities[$0]) / temperature)) }
    return choices.contains { $0.weight > 0 } ? random.choose(choices) : range.lowerBound
  }
}
