// The shape of a note model of any kind, as its file keeps it.

/// What is needed, beside the weights, to make a network again. Each kind reads the numbers that it has.
public struct NoteModelOptions: Codable, Equatable, Sendable {
  /// The architecture.
  public var kind: NoteModelKind
  /// Width of the sum of embeddings that the first layer reads.
  public var embedding: Int
  /// Units of each recurrent layer, the first first; the width of the transformer. Its count is the number of layers.
  public var hidden: [Int]
  /// Heads of the attention.
  public var heads: Int
  /// Share of the values dropped between layers in training.
  public var dropout: Double
  /// The composers or genres of which the network is told one; empty when it is told none.
  public var conditions: [String] = []
  /// The notes and chords of the seed's vocabulary, the most frequent first; empty for the other kinds.
  public var tokens: [String] = []

  /// The defaults of a kind.
  public init(_ kind: NoteModelKind) {
    self.kind = kind
    switch kind {
    case .lstm: (embedding, hidden, heads, dropout) = (128, [256, 256], 1, 0.2)
    case .seedLSTM: (embedding, hidden, heads, dropout) = (0, [256, 256, 128], 1, 0.3)
    case .bidirectionalAttention: (embedding, hidden, heads, dropout) = (128, [512, 512], 1, 0.3)
    case .transformer: (embedding, hidden, heads, dropout) = (256, [256, 256, 256, 256], 4, 0.1)
    case .regression: (embedding, hidden, heads, dropout) = (0, [256, 256], 1, 0.3)
    case .musicNetLSTM: (embedding, hidden, heads, dropout) = (0, [256, 256], 1, 0.3)
    }
  }
}
