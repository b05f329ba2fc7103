// Which shapes of note models are possible, and which condition a sequence has.

extension NoteModelOptions {
  /// The largest number of composers or genres that a network is told apart.
  static let mostConditions = 1024
  /// The largest vocabulary of a network that has its own.
  static let mostTokens = 65536
  private static let sizes = 1...4096
  private static let layers = 1...8

  /// The composer or genre of a sequence as the network hears it: 1 + its place in `conditions`, 0 when it has none of
  /// them.
  func condition(of sequence: NoteSequence) -> Int64 {
    guard !conditions.isEmpty else { return 0 }
    let names = [sequence.composer, sequence.genre].compactMap(\.self)
    return conditions.firstIndex(where: names.contains).map { Int64($0) + 1 } ?? 0
  }

  /// Throws a sentence for a shape that no kind can have.
  func validate() throws(TrainingError) {
    guard Self.layers.contains(hidden.count) else {
      throw TrainingError("The model has \(hidden.count) layers; give sizes of 1 to 8 layers, such as 256,256.")
    }
    for size in hidden where !Self.sizes.contains(size) {
      throw TrainingError("A layer has \(size) units; give a number from 1 to 4096.")
    }
    // Some kinds have no embedding and say 0.
    guard embedding == 0 || Self.sizes.contains(embedding) else {
      throw TrainingError("The embedding has the size \(embedding); give a number from 1 to 4096.")
    }
    guard heads >= 1, hidden.allSatisfy({ $0 % heads == 0 }) else {
      throw TrainingError("\(heads) heads do not share a width of \(hidden[0]); give a number that divides it.")
    }
    guard (0..<1).contains(dropout) else {
      throw TrainingError("The dropout is \(dropout); give a share from 0 to below 1.")
    }
    guard conditions.count <= Self.mostConditions else {
      throw TrainingError(
        "The model would tell \(conditions.count) composers or genres apart; \(Self.mostConditions) are the most.")
    }
    guard Set(conditions).count == conditions.count else {
      throw TrainingError("A composer or genre is named twice among the model's conditions; name each once.")
    }
    guard tokens.count <= Self.mostTokens else {
      throw TrainingError("The vocabulary has \(tokens.count) tokens; \(Self.mostTokens) are the most.")
    }
  }
}
