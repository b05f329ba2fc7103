// Antiphon's client of the ALSA sequencer: where keyboards come in and answers go out.

import CALSA
import Glibc
public import MIDI

/// A client with a port "in" that keyboards are connected to and a port "out" that answers leave through. One thread
/// owns it; nothing blocks.
///
/// Sources are connected when they are there at the start, when they appear, and when they return after they vanished,
/// as the configuration's `autoConnect` says; what the player connects or disconnects is respected. Sources are known
/// by name, so that numbers may change. A wire from the own output to the own input is taken back.
public final class SequencerClient: MIDISource, MIDISink {
  /// What happened since the start.
  public struct Counters: Hashable, Sendable {
    /// How often messages were lost because they were read too late.
    public var overruns = 0
    /// Messages that were not sent because receivers had no room.
    public var dropped = 0
  }

  /// How long `close` waits for receivers that have no room, in tries of a millisecond each.
  private static let lastTries = 50
  /// The most events of one `read`, so that a flood cannot hold the thread.
  private static let mostEventsAtOnce = 4096

  private let configuration: SequencerConfiguration
  private var handle: SequencerHandle?
  private var sources = SourceTable()
  private var output = OutputLedger()
  /// Events that are not yet reported.
  private var waiting: [MIDIInputEvent] = []
  private var overruns = 0

  /// Opens the sequencer, makes the ports and connects what is there.
  ///
  /// - Throws: `SequencerError`, for example `.unavailable` on a machine without a sequencer.
  public init(_ configuration: SequencerConfiguration = SequencerConfiguration()) throws(SequencerError) {
    self.configuration = configuration
    let handle = try SequencerHandle(clientName: configuration.clientName)
    self.handle = handle
    descriptor = handle.descriptor
    // First listen, then look around: whatever appears in between is seen twice, not missed.
    _ = handle.connectInput(to: .announcements)
    connectPlayers(handle, into: &waiting)
  }

  deinit { close() }

  /// The number by which `aconnect` and others address the client; nil when closed.
  public var clientNumber: Int? { handle.map { Int($0.client) } }

  /// The connected sources in the order of their names.
  public var connectedSources: [SourceIdentity] { sources.identities }

  /// What happened since the start.
  public var counters: Counters { Counters(overruns: overruns, dropped: output.dropped) }

  // MARK: Input

  public let descriptor: Int32

  /// Reports everything that has arrived, in order. Never blocks.
  ///
  /// Call it once after `init` (it reports the first connections) and then whenever `descriptor` polls readable.
  public func read(_ body: (MIDIInputEvent) -> Void) {
    var count = 0
    repeat {
      // The body may use this client, so none of its state is being changed meanwhile.
      let events = waiting
      waiting = []
      for event in events { body(event) }
      count += 1
    } while readOne(atMost: count) || !waiting.isEmpty
  }

  /// Reads an event into `waiting`; false when there is none or `count` is enough for once.
  private func readOne(atMost count: Int) -> Bool {
    guard let handle, count <= Self.mostEventsAtOnce || handle.hasFetched else { return false }
    switch handle.next() {
    case .empty: return false
    case .overrun: recover(handle, into: &waiting)
    case .event(let event): take(event, handle, into: &waiting)
    }
    return true
  }

  private func take(_ event: snd_seq_event_t, _ handle: SequencerHandle, into events: inout [MIDIInputEvent]) {
    let subject = PortAddress(event.data.addr)
    switch snd_seq_event_type(UInt32(event.type)) {
    case SND_SEQ_EVENT_PORT_START, SND_SEQ_EVENT_PORT_CHANGE:
      if let port = handle.port(at: subject) { connectPlayer(port, handle, into: &events) }
    case SND_SEQ_EVENT_PORT_EXIT:
      sources.disconnect(subject, returns: true, at: now(), into: &events)
    case SND_SEQ_EVENT_CLIENT_EXIT:
      for address in sources.addresses where address.client == subject.client {
        sources.disconnect(address, returns: true, at: now(), into: &events)
      }
    case SND_SEQ_EVENT_PORT_SUBSCRIBED:
      guard event.data.connect.dest == handle.inAddress else { return }
      wasConnected(PortAddress(event.data.connect.sender), handle, into: &events)
    case SND_SEQ_EVENT_PORT_UNSUBSCRIBED:
      guard event.data.connect.dest == handle.inAddress else { return }
      wasDisconnected(PortAddress(event.data.connect.sender), handle, into: &events)
    default:
      takeMessage(event, handle, into: &events)
    }
  }

  private func takeMessage(_ event: snd_seq_event_t, _ handle: SequencerHandle, into events: inout [MIDIInputEvent]) {
    let address = PortAddress(event.source)
    guard address.client != handle.client, let message = MIDIMessage(event) else { return }
    // A program may send without a connection; it counts as connected until it goes.
    if !sources.isConnected(address) { wasConnected(address, handle, into: &events) }
    sources.hear(message, from: address, at: now(), into: &events)
  }

  /// Somebody, perhaps this client, connected a port to the input.
  private func wasConnected(_ address: PortAddress, _ handle: SequencerHandle, into events: inout [MIDIInputEvent]) {
    if address.client == handle.client {
      if handle.disconnectInput(from: address) { events.append(.feedbackRefused) }
    } else if address != .announcements, let port = handle.port(at: address) {
      sources.connect(address, port.identity, into: &events)
    }
  }

  /// A port was disconnected from the input, because it vanished or because somebody wanted it.
  private func wasDisconnected(_ address: PortAddress, _ handle: SequencerHandle, into events: inout [MIDIInputEvent]) {
    if address == .announcements {
      // Someone removed all connections. Without announcements nothing would be noticed any more.
      _ = handle.connectInput(to: .announcements)
    } else {
      sources.disconnect(address, returns: handle.port(at: address) == nil, at: now(), into: &events)
    }
  }

  /// Releases everything and looks around anew: announcements may be among what was lost.
  private func recover(_ handle: SequencerHandle, into events: inout [MIDIInputEvent]) {
    overruns += 1
    sources.lose(at: now(), into: &events)
    let connected = Set(handle.connectedToInput())
    for address in sources.addresses where !connected.contains(address) {
      wasDisconnected(address, handle, into: &events)
    }
    for address in connected { wasConnected(address, handle, into: &events) }
    connectPlayers(handle, into: &events)
  }

  private func connectPlayers(_ handle: SequencerHandle, into events: inout [MIDIInputEvent]) {
    for port in handle.ports() { connectPlayer(port, handle, into: &events) }
  }

  /// Connects a port that is there now, if it should be.
  private func connectPlayer(
    _ port: SequencerPort, _ handle: SequencerHandle, into events: inout [MIDIInputEvent]
  ) {
    let own = SourceIdentity(client: configuration.clientName, port: "out")
    let isLeftAlone = sources.isConnected(port.address) || sources.isDeclined(port.address)
    let isWanted = configuration.autoConnect.accepts(port.identity) && port.isPlayer(for: own, client: handle.client)
    guard !isLeftAlone, isWanted || sources.isMissed(port.identity) else { return }
    if handle.connectInput(to: port.address) { sources.connect(port.address, port.identity, into: &events) }
  }

  private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  // MARK: Output

  /// Sends a message at once to everyone who is connected to "out". Never blocks.
  ///
  /// Where a receiver has no room, releases are kept for `flush` and all else is dropped and counted.
  public func send(_ message: MIDIMessage) {
    guard let handle else { return }
    output.send(message)
    deliver(message, handle)
  }

  public var isWaiting: Bool { !output.waiting.isEmpty }

  public func flush() {
    guard let handle else { return }
    for message in output.takeWaiting() { deliver(message, handle) }
  }

  public func silence() {
    guard let handle else { return }
    for message in output.silence() { deliver(message, handle) }
  }

  private func deliver(_ message: MIDIMessage, _ handle: SequencerHandle) {
    if !handle.send(message.sequencerEvent(fromPort: handle.outPort)) { output.fail(message) }
  }

  /// Ends all that sounds, waits up to 50 ms for receivers that have no room, and leaves the sequencer. Afterwards
  /// nothing is read or sent.
  public func close() {
    guard handle != nil else { return }
    silence()
    for _ in 0..<Self.lastTries where isWaiting {
      usleep(1000)
      flush()
    }
    handle = nil
  }
}

extension SequencerHandle {
  fileprivate var inAddress: PortAddress { PortAddress(client: client, port: inPort) }
}

private func == (a: snd_seq_addr_t, b: PortAddress) -> Bool { PortAddress(a) == b }
