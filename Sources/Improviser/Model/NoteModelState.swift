// The note model's view of one sequence: what it has read, and what it expects next.
import Neural

/// A position in a sequence of notes over a shared model.
///
/// `reset`, then `advance` for every note that sounds; in between ask for the next note part by part: interval, pitch
/// given the interval, duration given both, velocity given all three. Asking changes nothing and may be repeated with
/// other classes. Logits are unnormalised; impossible classes are -infinity:
/// - pitches up to the last one, where the interval is 0: the notes of a chord follow each other upwards (so that all
///   pitches are impossible after pitch 127);
/// - durations of 0.
/// For one thread at a time. All memory is taken in `init`; nothing else allocates or locks.
public final class NoteModelState {
  public let model: NoteModel
  private let layers: [LSTMState]
  private let embedding: AlignedFloats
  private let activation: AlignedFloats
  private let intervals, pitches, durations, velocities: AlignedFloats
  /// Pitch of the last note, nil before the first.
  private var lastPitch: Int?

  /// A state at the beginning of a sequence in an unknown scale.
  public init(_ model: NoteModel) {
    self.model = model
    layers = model.recurrent.map { LSTMState(units: $0.units) }
    embedding = AlignedFloats(count: model.shape.embedding)
    activation = AlignedFloats(count: max(model.pitch.width, model.duration.width, model.velocity.width))
    intervals = AlignedFloats(count: model.interval.outputs)
    pitches = AlignedFloats(count: model.pitch.classes)
    durations = AlignedFloats(count: model.duration.classes)
    velocities = AlignedFloats(count: model.velocity.classes)
    reset()
  }

  /// Back to the beginning of a sequence: zeros, then the start input.
  /// - Parameter scale: the scale in which the sequence begins, nil where it is unknown.
  public func reset(scale: ScaleCondition? = nil) {
    for index in layers.indices { layers[index].reset() }
    lastPitch = nil
    step(interval: 0, pitch: NoteVocabulary.start, duration: 0, velocity: 0, scale: scale)
  }

  /// Reads a note.
  /// - Parameters:
  ///   - event: values outside MIDI's ranges count as the nearest inside.
  ///   - scale: the scale at this note, nil where it is unknown.
  public func advance(_ event: NoteEvent, scale: ScaleCondition?) {
    let pitch = min(max(event.pitch, 0), NoteVocabulary.pitchCount - 1)
    step(
      interval: NoteVocabulary.intervalClass(ticks: event.interval), pitch: pitch,
      duration: NoteVocabulary.durationClass(ticks: event.duration),
      velocity: NoteVocabulary.velocityClass(event.velocity), scale: scale)
    lastPitch = pitch
  }

  /// Takes over the position of another state of the same model.
  public func copy(from other: NoteModelState) {
    precondition(other.model === model, "states of the same model")
    for index in layers.indices { layers[index].copy(from: other.layers[index]) }
    lastPitch = other.lastPitch
  }

  /// Logits of the next interval's class [41], `NoteVocabulary.end` among them. Valid until they are asked for again.
  public func intervalLogits() -> UnsafeBufferPointer<Float> {
    model.interval.process(output, intervals.pointer)
    return logits(intervals)
  }

  /// Logits of the next pitch [128], given the class of its interval. Valid until they are asked for again.
  public func pitchLogits(interval: Int) -> UnsafeBufferPointer<Float> {
    model.pitch.process(output, first: interval, activation: activation.pointer, logits: pitches.pointer)
    if interval == 0, let lastPitch {
      pitches.pointer.update(repeating: -.infinity, count: lastPitch + 1)
    }
    return logits(pitches)
  }

  /// Logits of the next duration's class [40], given the interval's class and the pitch. Valid until they are asked for
  /// again.
  public func durationLogits(interval: Int, pitch: Int) -> UnsafeBufferPointer<Float> {
    model.duration.process(
      output, first: interval, second: pitch, activation: activation.pointer, logits: durations.pointer)
    durations.pointer[0] = -.infinity
    return logits(durations)
  }

  /// Logits of the next velocity's class [16], given the classes of the other three. Valid until they are asked for
  /// again.
  public func velocityLogits(interval: Int, pitch: Int, duration: Int) -> UnsafeBufferPointer<Float> {
    model.velocity.process(
      output, first: interval, second: pitch, third: duration, activation: activation.pointer,
      logits: velocities.pointer)
    return logits(velocities)
  }

  /// The topmost layer's hidden state: u.
  private var output: UnsafePointer<Float> { layers[layers.count - 1].hidden }

  private func logits(_ floats: AlignedFloats) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: floats.pointer, count: floats.count)
  }

  private func step(interval: Int, pitch: Int, duration: Int, velocity: Int, scale: ScaleCondition?) {
    let x = embedding.pointer
    x.update(repeating: 0, count: embedding.count)
    model.pitchInput.add(row: pitch, to: x)
    model.intervalInput.add(row: interval, to: x)
    model.durationInput.add(row: duration, to: x)
    model.velocityInput.add(row: velocity, to: x)
    if let scale {
      // The 24 numbers of a condition are ones and zeros, so that its product with the table is a sum of rows.
      for pitchClass in 0..<12 where scale.contains(pitch: pitchClass) { model.scaleInput.add(row: pitchClass, to: x) }
      model.scaleInput.add(row: 12 + scale.tonic, to: x)
    }
    var input = UnsafePointer(x)
    for index in layers.indices {
      model.recurrent[index].process(input, layers[index])
      input = layers[index].hidden
    }
  }
}
