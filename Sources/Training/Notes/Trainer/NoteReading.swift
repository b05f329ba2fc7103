// How one network reads sequences.
import Improviser

/// What `NoteStreams` needs to know of the network that it feeds.
struct NoteReading {
  /// A sequence in the classes of the network.
  var classes: (NoteSequence) throws(TrainingError) -> NoteClasses = { sequence throws(TrainingError) in
    try NoteClasses(sequence)
  }
  /// The class of the pitch before the first note.
  var startToken = NoteVocabulary.start
  /// Whether the end of a sequence is predicted too.
  var hasEnds = true
}

extension NoteReading {
  /// As `learner` reads.
  init(_ learner: any NoteLearner) {
    self.init(
      classes: { sequence throws(TrainingError) in try learner.classesWithCondition(of: sequence) },
      startToken: learner.startToken, hasEnds: learner.hasEnds)
  }
}
