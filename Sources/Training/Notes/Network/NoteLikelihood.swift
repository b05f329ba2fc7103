// What a network expected of a sequence, note by note.

/// Natural logarithms of probabilities for every note of a sequence: exact, since the probabilities of the classes of
/// each attribute sum to 1 given what comes before.
struct NoteLikelihood: Sendable {
  /// The classes that came.
  let classes: NoteClasses
  /// Log-probabilities of all classes by attribute, [notes, classes] row-major; for intervals one row more, the end.
  let distributions: [NoteAttribute: [Float]]

  /// The log-probabilities of all classes of an attribute at note `index`; empty when the network does not predict it.
  func distribution(_ attribute: NoteAttribute, at index: Int) -> ArraySlice<Float> {
    let width = attribute.classCount
    return distributions[attribute]?[index * width..<(index + 1) * width] ?? []
  }

  /// The log-probability of each class that came; for intervals with the end as the last.
  func logProbabilities(_ attribute: NoteAttribute) -> [Float] {
    guard let all = distributions[attribute] else { return [] }
    let width = attribute.classCount
    let targets = classes[attribute] + (attribute == .interval ? [Int64(attribute.classCount - 1)] : [])
    return targets.enumerated().map { all[$0.offset * width + Int($0.element)] }
  }

  /// The surprise at the whole sequence in nats, its end included when intervals are predicted.
  var nats: Double {
    NoteAttribute.allCases.reduce(0) { sum, attribute in
      logProbabilities(attribute).reduce(sum) { $0 - Double($1) }
    }
  }
}
