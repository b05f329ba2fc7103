// Who is connected to the input, and what each of them holds down.

import MIDI

/// The bookkeeping of the input, without any system call: which sources are connected, the keys they hold, and which
/// ones should be connected again when they return. Each method appends what is to be reported to `events`.
struct SourceTable {
  private var names: [PortAddress: SourceIdentity] = [:]
  private var held = HeldNotes<PortAddress>()
  /// Sources that were connected when they vanished.
  private var missed: Set<SourceIdentity> = []
  /// Ports that somebody disconnected and that are still there: they are left alone.
  private var declined: Set<PortAddress> = []

  /// The connected sources in the order of their names.
  var identities: [SourceIdentity] { names.values.sorted() }

  /// The connected ports.
  var addresses: [PortAddress] { Array(names.keys) }

  func isConnected(_ address: PortAddress) -> Bool { names[address] != nil }

  /// True when a port should be connected because it was before it vanished.
  func isMissed(_ identity: SourceIdentity) -> Bool { missed.contains(identity) }

  /// True when a port should be left alone because somebody disconnected it.
  func isDeclined(_ address: PortAddress) -> Bool { declined.contains(address) }

  /// A source was connected; nothing happens when it is already.
  mutating func connect(_ address: PortAddress, _ identity: SourceIdentity, into events: inout [MIDIInputEvent]) {
    declined.remove(address)
    missed.remove(identity)
    guard names.updateValue(identity, forKey: address) == nil else { return }
    events.append(.connected(identity))
  }

  /// A connected source sent a message.
  mutating func hear(
    _ message: MIDIMessage, from address: PortAddress, at time: Double, into events: inout [MIDIInputEvent]
  ) {
    guard let name = names[address] else { return }
    held.hear(message, from: address)
    events.append(.message(TimedMIDI(message: message, source: name, time: time)))
  }

  /// A source is gone: what it held is released. Nothing happens when it is not connected.
  ///
  /// - Parameter returns: it vanished and is connected again when it returns; else somebody disconnected it.
  mutating func disconnect(
    _ address: PortAddress, returns: Bool, at time: Double, into events: inout [MIDIInputEvent]
  ) {
    if returns { declined.remove(address) }
    guard let name = names[address] else { return }
    let released = release(address, at: time, into: &events)
    names[address] = nil
    if returns { missed.insert(name) } else { declined.insert(address) }
    events.append(.disconnected(name, released: released))
  }

  /// Messages were lost: nobody knows what is held, so everything is released.
  mutating func lose(at time: Double, into events: inout [MIDIInputEvent]) {
    let addresses = names.keys.sorted { ($0.client, $0.port) < ($1.client, $1.port) }
    var released = 0
    for address in addresses { released += release(address, at: time, into: &events) }
    events.append(.overrun(released: released))
  }

  private mutating func release(_ address: PortAddress, at time: Double, into events: inout [MIDIInputEvent]) -> Int {
    guard let name = names[address] else { return 0 }
    let messages = held.releaseAll(of: address)
    for message in messages { events.append(.message(TimedMIDI(message: message, source: name, time: time))) }
    return messages.count
  }
}
