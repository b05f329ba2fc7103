// Makes a note model of any kind.

/// The one place that knows which type belongs to which kind.
enum NoteLearnerFactory {
  /// Makes a network with random weights from libtorch's generator.
  ///
  /// - Throws: a sentence for options that the kind cannot have.
  static func make(_ options: NoteModelOptions) throws -> any NoteLearner {
    try check(options)
    switch options.kind {
    case .lstm: return try LSTMLearner(options)
    case .transformer: return try TransformerNetwork(options)
    case .seedLSTM: return try SeedLSTM(options)
    case .regression: return try PitchRegression(options)
    case .musicNetLSTM: return try MusicNetLSTM(options)
    case .bidirectionalAttention: return try BidirectionalAttentionNetwork(options)
    }
  }

  /// Refuses options that no network of the kind can have, before a training begins.
  static func check(_ options: NoteModelOptions) throws(TrainingError) {
    try options.validate()
    guard options.kind != .lstm || Set(options.hidden).count == 1 else {
      throw TrainingError("The layers of an lstm have the sizes \(options.hidden); give all of them one size.")
    }
  }

  /// Adds what a kind takes from its training data: the vocabulary of the seed's LSTM.
  static func prepare(_ options: inout NoteModelOptions, from source: NoteSource) throws {
    guard options.kind == .seedLSTM, options.tokens.isEmpty else { return }
    options.tokens = try ChordVocabulary.tokens(of: source)
  }
}
