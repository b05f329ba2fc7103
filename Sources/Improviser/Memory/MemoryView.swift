// The sequences into which the memories take a run of notes apart.

/// One way of looking at notes: what is predicted, and how far back.
enum MemoryView: Int, CaseIterable, Sendable {
  /// Class of the interval, given durations and intervals before, the newest duration first.
  case interval
  /// Pitch, given whether the note belongs to the chord of the one before, and the pitches before.
  case pitch
  /// Leap from the pitch before, given the same of the notes before: what stays when all is transposed.
  case leap
  /// Class of the duration, given the interval of the note, then durations and intervals before.
  case duration
  /// Class of the velocity, given whether the note belongs to a chord, and the velocities before.
  case velocity

  /// The widest leap that has a symbol of its own less one: `widestLeap` and -`widestLeap` stand for all beyond too.
  static let widestLeap = 64

  /// Symbols that are predicted.
  var symbolCount: Int {
    switch self {
    case .interval, .duration: NoteVocabulary.timeCount
    case .pitch: NoteVocabulary.pitchCount
    case .leap: 2 * Self.widestLeap + 1
    case .velocity: NoteVocabulary.velocityCount
    }
  }

  /// Symbols of the longest context.
  var order: Int {
    switch self {
    case .interval, .pitch, .leap, .duration: 5
    case .velocity: 3
    }
  }

  /// The name of the view's tensors in a model file.
  var name: String {
    switch self {
    case .interval: "interval"
    case .pitch: "pitch"
    case .leap: "leap"
    case .duration: "duration"
    case .velocity: "velocity"
    }
  }
}
