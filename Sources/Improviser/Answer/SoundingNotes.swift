// The notes of the answer that sound.

/// The ledger of notes begun and not yet ended, with the time at which each is to end.
struct SoundingNotes {
  /// A note that was begun.
  struct Entry: Hashable {
    var pitch: Int
    var onset: Double
    var end: Double
  }

  private(set) var entries: [Entry] = []

  init() {
    entries.reserveCapacity(64)
  }

  /// The earliest end, or nil when nothing sounds.
  var nextEnd: Double? { entries.map(\.end).min() }

  /// Enters a note.
  mutating func begin(pitch: Int, onset: Double, end: Double) {
    entries.append(Entry(pitch: pitch, onset: onset, end: end))
  }

  /// Removes and gives the notes that end at `time` or before, earliest first.
  mutating func takeEnded(by time: Double) -> [Entry] {
    guard entries.contains(where: { $0.end <= time }) else { return [] }
    let ended = entries.filter { $0.end <= time }.sorted { $0.end < $1.end }
    entries.removeAll { $0.end <= time }
    return ended
  }

  /// Removes and gives the note of a pitch.
  mutating func take(pitch: Int) -> Entry? {
    entries.firstIndex { $0.pitch == pitch }.map { entries.remove(at: $0) }
  }

  /// Removes and gives the oldest note that began before `time`.
  mutating func takeOldest(before time: Double) -> Entry? {
    guard let oldest = entries.indices.min(by: { entries[$0].onset < entries[$1].onset }) else { return nil }
    return entries[oldest].onset < time ? entries.remove(at: oldest) : nil
  }

  /// Removes and gives everything.
  mutating func takeAll() -> [Entry] {
    defer { entries.removeAll(keepingCapacity: true) }
    return entries
  }
}
