// The ledger of held notes, so that every note that was begun can be ended.

/// Remembers which keys and pedals each source holds down, and gives the messages that release them.
///
/// A pitch that was struck several times without a release in between is counted, up to `mostPresses`: a burst of
/// note-ons must not become as large a burst of note-offs. A source is whatever tells players apart: the name of a
/// port, or a number.
public struct HeldNotes<Source: Hashable & Sendable>: Sendable {
  /// How often one pitch counts as struck.
  public static var mostPresses: Int { 8 }

  /// The keys and pedals of one channel of one source.
  private struct Channel {
    /// The presses of each pitch that are not yet released.
    var presses: [Int: Int] = [:]
    /// The pedals that are down, by their controller numbers.
    var pedals: Set<Int> = []

    var isAtRest: Bool { presses.isEmpty && pedals.isEmpty }
  }

  private var sources: [Source: [Int: Channel]] = [:]

  /// Sustain and sostenuto: pedals that hold notes after their keys.
  private static var holdingPedals: Set<Int> { [64, 66] }

  /// A ledger in which nothing is held.
  public init() {}

  /// True when no source holds a key or a pedal.
  public var isEmpty: Bool { sources.isEmpty }

  /// True while `source` holds a key or a pedal.
  public func isHolding(_ source: Source) -> Bool { sources[source] != nil }

  /// The number of keys that `source` holds on all channels.
  public func keys(heldBy source: Source) -> Int {
    sources[source]?.values.reduce(0) { $0 + $1.presses.count } ?? 0
  }

  /// True while any source holds `pitch` on `channel`.
  public func isHeld(pitch: Int, channel: Int) -> Bool {
    sources.values.contains { $0[channel]?.presses[pitch] != nil }
  }

  /// True while `source` holds the sustain pedal of `channel`.
  public func isPedalDown(_ source: Source, channel: Int) -> Bool {
    sources[source]?[channel]?.pedals.contains(64) ?? false
  }

  /// Enters a message that `source` sent.
  public mutating func hear(_ message: MIDIMessage, from source: Source) {
    switch message {
    case .noteOn(let channel, let pitch, let velocity) where velocity > 0:
      change(source, channel) { $0.presses[pitch] = min(($0.presses[pitch] ?? 0) + 1, Self.mostPresses) }
    case .noteOn(let channel, let pitch, _), .noteOff(let channel, let pitch, _):
      change(source, channel) {
        let left = ($0.presses[pitch] ?? 1) - 1
        $0.presses[pitch] = left > 0 ? left : nil
      }
    case .controlChange(let channel, let controller, let value) where Self.holdingPedals.contains(controller):
      change(source, channel) {
        if value >= 64 { $0.pedals.insert(controller) } else { $0.pedals.remove(controller) }
      }
    case .controlChange(let channel, 121, _):  // reset all controllers
      change(source, channel) { $0.pedals = [] }
    case .controlChange(let channel, 120, _), .controlChange(let channel, 123...127, _):  // all sound or notes off
      change(source, channel) { $0.presses = [:] }
    case .reset:
      sources[source] = nil
    default:
      break
    }
  }

  /// Forgets what `source` holds.
  ///
  /// - Returns: the messages that release it: a note-off for each press in the order of channels and pitches, and after
  ///   those of a channel its pedals up.
  public mutating func releaseAll(of source: Source) -> [MIDIMessage] {
    guard let channels = sources.removeValue(forKey: source) else { return [] }
    return channels.sorted { $0.key < $1.key }.flatMap { number, channel in
      let keys = channel.presses.sorted { $0.key < $1.key }.flatMap { pitch, presses in
        Array(repeating: MIDIMessage.noteOff(channel: number, pitch: pitch, velocity: 64), count: presses)
      }
      return keys + channel.pedals.sorted().map { .controlChange(channel: number, controller: $0, value: 0) }
    }
  }

  private mutating func change(_ source: Source, _ number: Int, _ body: (inout Channel) -> Void) {
    body(&sources[source, default: [:]][number, default: Channel()])
    // A source at rest leaves no trace, so that comings and goings take no memory.
    if sources[source]?[number]?.isAtRest == true { sources[source]?[number] = nil }
    if sources[source]?.isEmpty == true { sources[source] = nil }
  }
}
