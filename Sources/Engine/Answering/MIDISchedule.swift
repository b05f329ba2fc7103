// Messages that wait for their time, for an output that sends at once.

import MIDI

/// Holds notes back until they are due, and knows what sounds. The notes of one answer: few at a time.
struct MIDISchedule {
  private struct Entry {
    var time: Double
    var message: MIDIMessage
  }

  private struct Key: Hashable {
    var channel: Int
    var pitch: Int
  }

  /// In the order of time; at equal times in the order in which they were added.
  private var waiting: [Entry] = []
  private var sounding: Set<Key> = []

  /// When the next message is due.
  var nextDeadline: Double? { waiting.first?.time }
  /// Notes that were begun and not ended.
  var soundingCount: Int { sounding.count }

  /// Adds a message.
  mutating func add(_ message: MIDIMessage, at time: Double) {
    let index = waiting.lastIndex { $0.time <= time }.map { $0 + 1 } ?? 0
    waiting.insert(Entry(time: time, message: message), at: index)
  }

  /// Hands over what is due at `time`.
  mutating func send(until time: Double, _ body: (MIDIMessage) -> Void) {
    while let entry = waiting.first, entry.time <= time {
      waiting.removeFirst()
      if note(entry.message) { body(entry.message) }
    }
  }

  /// Forgets what waits and ends what sounds.
  mutating func silence(_ body: (MIDIMessage) -> Void) {
    waiting.removeAll(keepingCapacity: true)
    for key in sounding.sorted(by: { ($0.channel, $0.pitch) < ($1.channel, $1.pitch) }) {
      body(.noteOff(channel: key.channel, pitch: key.pitch, velocity: 64))
    }
    sounding.removeAll(keepingCapacity: true)
  }

  /// Keeps the ledger; returns whether the message is to be sent: the end of a note that does not sound is not.
  private mutating func note(_ message: MIDIMessage) -> Bool {
    switch message {
    case .noteOn(let channel, let pitch, _):
      sounding.insert(Key(channel: channel, pitch: pitch))
      return true
    case .noteOff(let channel, let pitch, _):
      return sounding.remove(Key(channel: channel, pitch: pitch)) != nil
    default:
      return true
    }
  }
}
