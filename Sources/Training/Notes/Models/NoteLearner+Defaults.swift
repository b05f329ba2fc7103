// What most kinds of note models share beyond the protocol.
import Improviser
import Torch

extension NoteLearner {
  /// The class of the pitch that stands before the first note.
  var startToken: Int { NoteVocabulary.start }

  /// The state outside the graph, where truncated back-propagation ends.
  func detached(_ state: [Tensor]) throws(TorchError) -> [Tensor] {
    var rows: [Tensor] = []
    for tensor in state { rows.append(try tensor.detached()) }
    return rows
  }

  /// Whether the network hears the composer or genre when it is told one.
  var hearsCondition: Bool { parameters.contains { $0.name.contains("condition") } }

  /// A sequence as this network reads it, with its composer or genre where the network is told one.
  func classesWithCondition(of sequence: NoteSequence) throws(TrainingError) -> NoteClasses {
    var classes = try classes(of: sequence)
    if classes.condition == 0 { classes.condition = options.condition(of: sequence) }
    return classes
  }
}
