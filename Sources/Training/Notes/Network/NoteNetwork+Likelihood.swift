// Exact likelihoods of whole sequences.
import Torch

extension NoteNetwork {
  /// Predictions that are held in memory at once.
  private static let largestBatch = 16384

  /// What the network expects of each note of a sequence, from its start.
  func logProbabilities(of sequence: NoteSequence) throws -> NoteLikelihood {
    let all = try logProbabilities(of: [sequence])
    guard let only = all.first else { throw TrainingError("The likelihood of \(sequence.name) is missing.") }
    return only
  }

  /// The same for several sequences, in their order; faster than one by one.
  ///
  /// - Parameter attributes: those of the predicted attributes whose distributions are wanted.
  func logProbabilities(
    of sequences: [NoteSequence], attributes: Set<NoteAttribute> = Set(NoteAttribute.allCases)
  ) throws -> [NoteLikelihood] {
    let classes = try sequences.map { try NoteClasses($0) }
    var results = [NoteLikelihood?](repeating: nil, count: classes.count)
    // Sequences of like length side by side waste little.
    var rest = classes.indices.sorted { (classes[$0].count, $0) > (classes[$1].count, $1) }[...]
    while let longest = rest.first {
      let steps = classes[longest].count + 1
      let places = rest.prefix(max(1, Self.largestBatch / steps))
      rest = rest.dropFirst(places.count)
      let found = try distributions(of: places.map { classes[$0] }, steps: steps, attributes)
      for (place, distributions) in zip(places, found) {
        results[place] = NoteLikelihood(classes: classes[place], distributions: distributions)
      }
    }
    return results.compactMap(\.self)
  }

  private func distributions(
    of rows: [NoteClasses], steps: Int, _ attributes: Set<NoteAttribute>
  ) throws -> [[NoteAttribute: [Float]]] {
    var batch = NoteBatch(steps: steps, rows: rows.count)
    for (row, classes) in rows.enumerated() {
      for index in 0...classes.count { batch.set(step: index, row: row, classes, index: index) }
    }
    var results = [[NoteAttribute: [Float]]](repeating: [:], count: rows.count)
    try withoutGradients {
      var state = try start(rows: rows.count)
      let predicted = try logits(batch, state: &state, training: false)
      for (attribute, logits) in predicted where attributes.contains(attribute) {
        let values = try logits.logSoftmax(over: 1).floats()
        let width = attribute.classCount
        for (row, classes) in rows.enumerated() {
          let count = classes.count + (attribute == .interval ? 1 : 0)
          var own: [Float] = []
          own.reserveCapacity(count * width)
          for step in 0..<count {
            let first = (step * rows.count + row) * width
            own += values[first..<first + width]
          }
          results[row][attribute] = own
        }
      }
    }
    return results
  }
}
