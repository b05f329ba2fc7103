// The short-term memory: what this player has played.

/// N-gram models of all views over the player's newest notes. The memory is taken at the start; with every note beyond
/// `capacity` the oldest is forgotten. One thread owns it.
final class EventMemory {
  /// Notes that are remembered.
  static let capacity = 20_000

  private let models: [NGramModel]

  /// - Parameter capacity: notes that are remembered; nil: all, as a long-term memory is built.
  init(capacity: Int? = EventMemory.capacity) {
    models = MemoryView.allCases.map {
      NGramModel(symbolCount: $0.symbolCount, order: $0.order, escape: .c, window: capacity)
    }
  }

  /// The model of a view.
  func model(_ view: MemoryView) -> NGramModel { models[view.rawValue] }

  /// Notes that are remembered now.
  var count: Int { model(.pitch).count }

  /// Forgets everything.
  func reset() { for model in models { model.reset() } }

  /// Learns the note that follows `contexts`.
  func observe(_ event: NoteEvent, after contexts: EventContexts, views: [MemoryView] = MemoryView.allCases) {
    let interval = NoteVocabulary.intervalClass(ticks: event.interval)
    for view in views {
      guard let symbol = contexts.symbol(view, of: event) else { continue }
      model(view).observe(symbol, in: contexts.context(view, interval: interval))
    }
  }
}
