// Counts of what the notes of a collection are like.
public import Improviser

/// The histograms of a collection of sequences. Sequences are added one by one, so a collection need not fit in memory.
public struct NoteDistributions: Sendable {
  /// What the collection is called.
  public let name: String
  /// Sequences added.
  public private(set) var sequences = 0
  /// Notes added.
  public private(set) var notes = 0
  /// The histogram of each feature.
  private var histograms = NoteFeature.allCases.map { NoteHistogram(bins: $0.count) }

  /// An empty collection.
  public init(name: String) { self.name = name }

  /// How often each bin of a feature was met.
  public subscript(feature: NoteFeature) -> NoteHistogram {
    histograms[NoteFeature.allCases.firstIndex(of: feature) ?? 0]
  }

  private mutating func count(_ feature: NoteFeature, _ bin: Int) {
    guard let place = NoteFeature.allCases.firstIndex(of: feature) else { return }
    histograms[place].add(bin)
  }

  /// Counts the notes of a sequence; those of an onset stand together, the later ones with interval 0.
  public mutating func add(_ events: [NoteEvent]) {
    guard !events.isEmpty else { return }
    sequences += 1
    notes += events.count
    var (top, size) = (0, 0)
    var topBefore: Int?
    func widest(_ interval: Int) -> Int { min(max(interval, -NoteFeature.widest), NoteFeature.widest) }
    func endOnset(_ counts: inout NoteDistributions) {
      counts.count(.notesPerOnset, min(size, NoteFeature.thickest) - 1)
      if let before = topBefore { counts.count(.interval, widest(top - before) + NoteFeature.widest) }
      topBefore = top
    }
    for (place, event) in events.enumerated() {
      if place > 0, event.interval > 0 {
        endOnset(&self)
        (top, size) = (0, 0)
        count(.onsetInterval, NoteVocabulary.intervalClass(ticks: event.interval) - 1)
      }
      top = max(top, event.pitch)
      size += 1
      count(.pitch, event.pitch)
      count(.pitchClass, event.pitch % 12)
      count(.duration, NoteVocabulary.durationClass(ticks: event.duration) - 1)
      count(.velocity, NoteVocabulary.velocityClass(event.velocity))
    }
    endOnset(&self)
  }
}
