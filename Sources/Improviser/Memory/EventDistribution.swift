// What the mixture asks of a network.

/// A running model of note events that gives logits for each part of the next one. The buffers are valid until the next
/// call; what is impossible is minus infinity.
protocol EventDistribution: AnyObject {
  /// Goes to the beginning of a sequence in a scale.
  func reset(scale: ScaleCondition?)
  /// Takes in a note.
  func advance(_ event: NoteEvent, scale: ScaleCondition?)
  /// Takes over the state of another instance of the same model.
  func copyState(from other: any EventDistribution)
  func intervalLogits() -> UnsafeBufferPointer<Float>
  func pitchLogits(interval: Int) -> UnsafeBufferPointer<Float>
  func durationLogits(interval: Int, pitch: Int) -> UnsafeBufferPointer<Float>
  func velocityLogits(interval: Int, pitch: Int, duration: Int) -> UnsafeBufferPointer<Float>
}
