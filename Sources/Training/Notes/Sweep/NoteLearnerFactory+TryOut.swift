// Finds out whether a network of some options can be made.

extension NoteLearnerFactory {
  /// Throws a sentence for a shape that the kind cannot have. What depends on the data is not known yet.
  static func tryOut(_ options: NoteModelOptions) throws {
    var options = options
    // The vocabulary of the seed's LSTM comes from the data; any will do.
    if options.kind == .seedLSTM { options.tokens = ["60"] }
    _ = try make(options)
  }
}
