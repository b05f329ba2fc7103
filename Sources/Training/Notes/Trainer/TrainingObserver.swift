// Who wants to know how a training goes.

/// Told of each step and pass on the thread that trains, which waits meanwhile; with several processes only in the
/// first.
public protocol TrainingObserver {
  /// After a step of the optimiser.
  ///
  /// - Parameters:
  ///   - step: its number over the whole training, from 0.
  ///   - loss: bits a note of the step's window, with dropout and variations.
  ///   - rate: its learning rate.
  ///   - notesASecond: speed since the pass began.
  func step(_ step: Int, loss: Double, rate: Double, notesASecond: Double)

  /// After a pass and its validation.
  func epoch(_ epoch: NoteEpoch)
}
