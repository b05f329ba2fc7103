// What a note model may be told of a piece beside its scale.

/// The property of a piece by which a model is conditioned.
public enum NoteCondition: String, CaseIterable, Sendable {
  case none, composer, genre

  /// Names of fewer training sequences are not told apart.
  static let fewestSequences = 8

  /// The names that occur often enough in the training sequences, in alphabetical order.
  ///
  /// - Throws: a sentence when there are none, or too many.
  func names(in source: NoteSource) throws(TrainingError) -> [String] {
    guard self != .none else { return [] }
    var counts: [String: Int] = [:]
    for index in 0..<source.count {
      if let name = name(index, of: source) { counts[name, default: 0] += 1 }
    }
    let names = counts.filter { $0.value >= Self.fewestSequences }.keys.sorted()
    guard !names.isEmpty else {
      throw TrainingError(
        "No \(rawValue) has \(Self.fewestSequences) training sequences; prepare data that name it, or train without "
          + "--condition.")
    }
    guard names.count <= NoteModelOptions.mostConditions else {
      throw TrainingError(
        "The data have \(names.count) names of the \(rawValue) with \(Self.fewestSequences) sequences or more; "
          + "\(NoteModelOptions.mostConditions) are the most that a model can be told.")
    }
    return names
  }

  private func name(_ index: Int, of source: NoteSource) -> String? {
    switch self {
    case .none: nil
    case .composer: source.composer(index)
    case .genre: source.genre(index)
    }
  }
}
