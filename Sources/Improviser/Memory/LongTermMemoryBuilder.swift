// Counts a corpus for the long-term memory.

/// Takes pieces one by one and freezes their counts. Not thread-safe.
public final class LongTermMemoryBuilder {
  private let memory = EventMemory(capacity: nil)

  /// A builder that has seen nothing.
  public init() {}

  /// Counts the notes of a piece, from its first to its last.
  /// - Parameter transpositions: semitones by which its pitches are counted as well as it stands (0), so that they do
  ///   not depend on the keys of the corpus; a note that leaves 0...127 ends the transposed piece. All else is counted
  ///   once.
  public func add(_ piece: [NoteEvent], transpositions: [Int] = [0]) {
    count(piece, views: LongTermMemory.views.filter { $0 != .pitch })
    for semitones in transpositions {
      let moved = piece.map { event in
        var moved = event
        moved.pitch += semitones
        return moved
      }
      count(moved.prefix { (0..<NoteVocabulary.pitchCount).contains($0.pitch) }, views: [.pitch])
    }
  }

  private func count(_ events: some Sequence<NoteEvent>, views: [MemoryView]) {
    var contexts = EventContexts()
    for event in events {
      memory.observe(event, after: contexts, views: views)
      contexts.advance(event)
    }
  }

  /// The counts so far. Contexts that were seen least are left out until the memory fits into `bytes`.
  public func finish(bytes: Int = LongTermMemory.usualBytes) -> LongTermMemory {
    func size(fewest: Int) -> Int {
      LongTermMemory.views.reduce(0) { $0 + NGramTable.byteCount(memory.model($1), fewest: fewest) }
    }
    var fewest = 1
    while size(fewest: fewest) > bytes, fewest < NGramTable.largestCount { fewest += max(1, fewest / 16) }
    return LongTermMemory(tables: LongTermMemory.views.map { NGramTable(memory.model($0), fewest: fewest) })
  }
}
