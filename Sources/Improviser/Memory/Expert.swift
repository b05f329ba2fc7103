// Who is asked about the next note.

/// A source of distributions in a mixture.
struct Expert: Hashable, Sendable {
  /// Where the distribution comes from.
  enum Source: Hashable, Sendable {
    /// The network.
    case network
    /// The corpus, by this view and contexts of at most so many symbols.
    case longTerm(MemoryView, order: Int)
    /// All that the player played, in the same way.
    case shortTerm(MemoryView, order: Int)
    /// What the player played last, in the same way.
    case recent(MemoryView, order: Int)
  }

  let source: Source
  /// The weight with which it starts, relative to the others of its mixture.
  let weight: Float

  /// True for the memory of the corpus.
  var isOfCorpus: Bool {
    if case .longTerm = source { true } else { false }
  }
}
