// Any trained network that runs live, as the sampler asks it for the next note.

import Improviser
import Torch

/// Steps a network through libtorch, one note at a time, without the memory of the shipped inference. For one thread.
///
/// The networks compute all heads at once, so each part of a note costs a step; a note takes four. What a network does
/// not predict is certain: an eighth after the note before, an eighth long, at velocity 80.
final class LearnerPrediction: NotePrediction {
  private struct Place {
    var state: [Tensor]
    var last: NoteEvent?
  }

  /// Has no memory, so this changes nothing.
  var memoryShare = 0.0

  private let learner: any NoteLearner
  private let condition: Int64
  private var place: Place
  private var marked: Place
  private var scale: ScaleCondition?
  /// The state behind the note before, once an attribute was asked for.
  private var advanced: [Tensor]?
  private let buffers: [UnsafeMutableBufferPointer<Float>]
  /// What went wrong in libtorch; the distributions are even from then on.
  private(set) var failure: (any Error)?

  /// Begins a piece.
  ///
  /// - Parameter condition: 0, or 1 + the place of the composer or genre in the network's conditions.
  /// - Throws: a sentence for a network that cannot run live, or reads other things than notes.
  init(_ learner: any NoteLearner, condition: Int64 = 0) throws {
    guard learner.isCausal else {
      throw TrainingError(
        "A model of the kind \(learner.options.kind.rawValue) needs the notes that follow, so it cannot play; use "
          + "\"antiphon-train notes infill\", or a model of another kind.")
    }
    guard learner.options.kind != .seedLSTM else {
      throw TrainingError("A model of the kind seed-lstm plays chords on a steady beat and cannot answer.")
    }
    self.learner = learner
    self.condition = condition
    place = Place(state: try learner.start(rows: 1))
    marked = place
    buffers = NoteAttribute.allCases.map { .allocate(capacity: $0.classCount) }
  }

  deinit { for buffer in buffers { buffer.deallocate() } }

  func beginPiece() {
    do { place = Place(state: try learner.start(rows: 1)) } catch { failure = error }
    advanced = nil
  }

  func forgetPlayer() {}

  func hear(_ event: NoteEvent, scale: ScaleCondition?) { play(event, scale: scale) }

  func play(_ event: NoteEvent, scale: ScaleCondition?) {
    if advanced == nil { _ = intervals() }
    place = Place(state: advanced ?? place.state, last: event)
    advanced = nil
    self.scale = scale
  }

  func mark() { marked = place }

  func rewind() {
    place = marked
    advanced = nil
  }

  func intervals() -> UnsafeBufferPointer<Float> { distribution(.interval, given: [:]) }

  func pitches(interval: Int) -> UnsafeBufferPointer<Float> { distribution(.pitch, given: [.interval: interval]) }

  func durations(interval: Int, pitch: Int) -> UnsafeBufferPointer<Float> {
    distribution(.duration, given: [.interval: interval, .pitch: pitch])
  }

  func velocities(interval: Int, pitch: Int, duration: Int) -> UnsafeBufferPointer<Float> {
    distribution(.velocity, given: [.interval: interval, .pitch: pitch, .duration: duration])
  }

  private func distribution(
    _ attribute: NoteAttribute, given known: [NoteAttribute: Int]
  ) -> UnsafeBufferPointer<Float> {
    let buffer = buffers[attribute.rawValue]
    if let certain = certain(attribute) {
      buffer.update(repeating: 0)
      buffer[certain] = 1
    } else {
      buffer.update(repeating: 1 / Float(buffer.count))
      do {
        let values = try step(known).first { $0.attribute == attribute }?.logits.logSoftmax(over: 1).exp().floats()
        if let values { _ = buffer.update(fromContentsOf: values) }
      } catch {
        failure = error
      }
    }
    return UnsafeBufferPointer(buffer)
  }

  private func certain(_ attribute: NoteAttribute) -> Int? {
    guard !learner.outputs.contains(attribute) else { return nil }
    let eighth = NoteVocabulary.ticksPerBeat / 2
    return switch attribute {
    case .interval: NoteVocabulary.intervalClass(ticks: place.last == nil ? 0 : eighth)
    case .pitch: nil
    case .duration: NoteVocabulary.durationClass(ticks: eighth)
    case .velocity: NoteVocabulary.velocityClass(80)
    }
  }

  /// All logits of the next note, where those of an attribute hold for the known attributes before it.
  private func step(_ known: [NoteAttribute: Int]) throws -> NoteLogits {
    func time(_ attribute: NoteAttribute) -> Int {
      let index = known[attribute] ?? 1
      return NoteVocabulary.times.indices.contains(index) ? NoteVocabulary.times[index] : NoteVocabulary.ticksPerBeat
    }
    let interval = time(.interval)
    // A pitch that is not known yet must only be possible: nothing reads it.
    let lowest = interval == 0 ? (place.last?.pitch ?? -1) + 1 : 0
    let next = NoteEvent(
      interval: interval, pitch: min(known[.pitch] ?? lowest, NoteVocabulary.pitchCount - 1),
      duration: max(1, time(.duration)), velocity: 80)
    let events = (place.last.map { [$0] } ?? []) + [next]
    let isPossible = interval > 0 || events.count == 1 || next.pitch > events[0].pitch
    let heard = isPossible ? events : [events[0], NoteEvent(interval: 1, pitch: 0, duration: 1, velocity: 80)]
    var classes = try NoteClasses(heard, scale: nil, name: "the piece")
    classes.scale = scale
    classes.condition = condition
    var batch = NoteBatch(steps: 1, rows: 1, startToken: learner.startToken)
    batch.set(step: 0, row: 0, classes, index: events.count - 1)
    return try withoutGradients {
      var state = place.state
      let logits = try learner.logits(batch, state: &state, training: false)
      advanced = state
      return logits
    }
  }
}
