// What a note consists of, for the model.
import Improviser

/// The four numbers of a note event, in the order in which the model predicts them.
enum NoteAttribute: Int, CaseIterable, Hashable, Sendable {
  case interval, pitch, duration, velocity

  /// The name of its tensors.
  var name: String {
    switch self {
    case .interval: "interval"
    case .pitch: "pitch"
    case .duration: "duration"
    case .velocity: "velocity"
    }
  }

  /// Classes that are predicted; for intervals one more than there are times, "nothing follows".
  var classCount: Int {
    switch self {
    case .interval: NoteVocabulary.intervalCount
    case .pitch: NoteVocabulary.pitchCount
    case .duration: NoteVocabulary.timeCount
    case .velocity: NoteVocabulary.velocityCount
    }
  }

  /// Classes that are heard; for pitches one more than there are, the start.
  var inputCount: Int { self == .pitch ? NoteVocabulary.pitchCount + 1 : classCount }

  /// The attributes of the same note that are known when this one is predicted.
  var known: [NoteAttribute] { NoteAttribute.allCases.filter { $0.rawValue < rawValue } }
}
