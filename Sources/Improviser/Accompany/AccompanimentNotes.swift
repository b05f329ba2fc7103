// The notes of the accompaniment that sound.

/// The ledger of notes begun and not yet ended: nothing is struck twice, and every note has one end.
struct AccompanimentNotes {
  private struct Entry {
    var channel: Int
    var pitch: Int
    var onset: Double
    var end: Double
  }

  private var entries: [Entry] = []

  init() { entries.reserveCapacity(16) }

  var isEmpty: Bool { entries.isEmpty }

  /// The earliest end that is known; nil when nothing sounds or all is held.
  var nextEnd: Double? { entries.map(\.end).filter(\.isFinite).min() }

  /// Begins a note; one that sounds already on the same channel and pitch ends first.
  /// - Parameter end: infinite for a note that is held.
  mutating func begin(
    channel: Int, pitch: Int, velocity: Int, at time: Double, end: Double, _ emit: (AnswerEvent) -> Void
  ) {
    finish(at: time, emit) { $0 == channel && $1 == pitch }
    emit(.noteOn(channel: channel, pitch: pitch, velocity: velocity, at: time))
    entries.append(Entry(channel: channel, pitch: pitch, onset: time, end: end))
  }

  /// Ends the notes whose time has come by `time`, each at its own time.
  mutating func finishDue(by time: Double, _ emit: (AnswerEvent) -> Void) {
    while let index = entries.indices.min(by: { entries[$0].end < entries[$1].end }), entries[index].end <= time {
      let entry = entries.remove(at: index)
      emit(.noteOff(channel: entry.channel, pitch: entry.pitch, at: entry.end))
    }
  }

  /// Ends the notes that `isEnding` (channel, pitch) at `time`. One that was sent ahead and has not begun by then ends as
  /// it begins: an end before the beginning would leave it sounding.
  mutating func finish(
    at time: Double, _ emit: (AnswerEvent) -> Void, where isEnding: (Int, Int) -> Bool = { _, _ in true }
  ) {
    entries.removeAll { entry in
      guard isEnding(entry.channel, entry.pitch) else { return false }
      emit(.noteOff(channel: entry.channel, pitch: entry.pitch, at: max(entry.onset, min(entry.end, time))))
      return true
    }
  }
}
