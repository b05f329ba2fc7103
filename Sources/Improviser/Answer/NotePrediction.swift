// What the improviser asks of a model of notes.

/// Predicts the next note, part by part, from all notes before it. All calls come from one thread.
///
/// The buffers hold probabilities that sum to one, the impossible at 0, and are valid until the next call. None of the
/// calls after the first allocates.
public protocol NotePrediction: AnyObject {
  /// How much the memory of the player's notes enters, 0...1.
  var memoryShare: Double { get set }
  /// Forgets where in a piece it is; what it remembers of the player stays.
  func beginPiece()
  /// Forgets what it remembers of the player.
  func forgetPlayer()
  /// Takes in a note that the player played, and learns from it.
  func hear(_ event: NoteEvent, scale: ScaleCondition?)
  /// Takes in a note of its own.
  func play(_ event: NoteEvent, scale: ScaleCondition?)
  /// Keeps the place in the piece, to which `rewind` returns; an earlier mark is forgotten.
  func mark()
  /// Returns to the place at the last `mark`. What was learned in between stays.
  func rewind()
  /// Probabilities of the 41 classes of intervals.
  func intervals() -> UnsafeBufferPointer<Float>
  /// Probabilities of the 128 pitches, given the class of the interval.
  func pitches(interval: Int) -> UnsafeBufferPointer<Float>
  /// Probabilities of the 40 classes of durations, given the parts before.
  func durations(interval: Int, pitch: Int) -> UnsafeBufferPointer<Float>
  /// Probabilities of the 16 classes of velocities, given the parts before.
  func velocities(interval: Int, pitch: Int, duration: Int) -> UnsafeBufferPointer<Float>
}
