// One life of a JACK client: its ports, its callbacks, its wiring, its end.
internal import CJACK
internal import Foundation
internal import Realtime
internal import Synchronization

/// An open client. All methods belong to the supervising thread; the callbacks touch only `context`.
final class JackSession: AudioSession, @unchecked Sendable {
  // @unchecked: the client handle is a pointer; after `beginClose` only the closing thread uses it.

  let context: ProcessContext
  let clientName: String
  private let client: OpaquePointer
  private let closed = Atomic<Bool>(false)
  private let isMemoryLocked: Bool
  private var isClosing = false

  /// Registers the ports and every callback. Nil when the server gives no ports; the client is then the caller's to
  /// close.
  init?(client: OpaquePointer, programs: ProgramTable) {
    guard let ports = Self.registerPorts(client), let clientName = jack_get_client_name(client) else { return nil }
    self.client = client
    self.clientName = String(cString: clientName)
    context = ProcessContext(
      client: client, ports: ports, sampleRate: Int(jack_get_sample_rate(client)),
      period: Int(jack_get_buffer_size(client)), programs: programs)
    isMemoryLocked = context.ring.lockMemory()
    registerCallbacks()
  }

  private static func registerPorts(_ client: OpaquePointer) -> ClientPorts? {
    func register(_ port: ClientPort) -> OpaquePointer? {
      let direction = port.isInput ? JackPortIsInput : JackPortIsOutput
      return jack_port_register(client, port.name, port.type, UInt(direction.rawValue), 0)
    }
    let ports = ClientPorts(
      input: register(.input), left: register(.left), right: register(.right), midiIn: register(.midiIn),
      midiOut: register(.midiOut))
    return ClientPort.allCases.allSatisfy { ports[$0] != nil } ? ports : nil
  }

  private func registerCallbacks() {
    let argument = Unmanaged.passUnretained(context).toOpaque()
    jack_set_process_callback(client, onProcess, argument)
    jack_on_shutdown(client, onShutdown, argument)
    jack_on_info_shutdown(client, onInfoShutdown, argument)
    jack_set_xrun_callback(client, onXrun, argument)
    jack_set_buffer_size_callback(client, onPeriod, argument)
    jack_set_sample_rate_callback(client, onSampleRate, argument)
    jack_set_freewheel_callback(client, onFreewheel, argument)
    jack_set_latency_callback(client, onLatency, argument)
    jack_set_port_registration_callback(client, onPortRegistration, argument)
    jack_set_port_connect_callback(client, onPortConnection, argument)
  }

  /// Starts the cycles. False when the server refuses.
  func activate() -> Bool {
    guard jack_activate(client) == 0 else { return false }
    for port in ClientPort.allCases {
      guard let handle = context.ports[port] else { continue }
      _ = cjack_describe_port(client, handle, port.label, "\(port.rawValue)", port.group)  // labels only: may fail
    }
    return true
  }

  var cycles: Int { context.cycles.load(ordering: .relaxed) }
  var isShutDown: Bool { context.isShutDown.load(ordering: .relaxed) }

  var refusals: [String] {
    var list: [String] = []
    if !isMemoryLocked {
      list.append(
        "The audio memory could not be locked and may be swapped out: raise the memlock limit, "
          + "as the group audio has it (sudo usermod -aG audio $USER), and log in again.")
    }
    let period = context.period.load(ordering: .relaxed)
    if period > largestPeriod {
      list.append(
        "The server's period of \(period) frames is longer than \(largestPeriod), so nothing is heard or played: "
          + "choose a shorter one (jack_bufsize 256).")
    }
    return list
  }

  /// Whether the audio thread is scheduled first-in-first-out or round-robin; nil before its first cycle.
  var isRealtime: Bool? {
    let thread = context.thread.load(ordering: .relaxed)
    guard thread != 0, !isClosing else { return nil }
    let policy = sched_getscheduler(pid_t(thread))
    guard policy >= 0 else { return nil }
    let resetOnFork: Int32 = 0x4000_0000
    return [SCHED_FIFO, SCHED_RR].contains(policy & ~resetOnFork)
  }

  /// Whether the server's threads have a right that ours was refused.
  var isRealtimeRefused: Bool { isRealtime == false && jack_is_realtime(client) != 0 }

  func takeWiringChange() -> Bool { context.hasNewWiring.exchange(false, ordering: .acquiringAndReleasing) }

  func connections(_ port: ClientPort) -> [String] {
    guard let handle = context.ports[port] else { return [] }
    return strings(jack_port_get_all_connections(client, handle))
  }

  func peers(_ port: ClientPort) -> [SourcePort] {
    let direction = port.isInput ? JackPortIsOutput : JackPortIsInput
    let names = strings(jack_get_ports(client, nil, port.type, UInt(direction.rawValue)))
    return names.filter { !$0.hasPrefix(clientName + ":") }.map { name in
      let flags = jack_port_by_name(client, name).map { jack_port_flags($0) } ?? 0
      return SourcePort(name, isPhysical: flags & Int32(JackPortIsPhysical.rawValue) != 0)
    }
  }

  func takeAppeared() -> Set<String> {
    var names: Set<String> = []
    while let identifier = context.appeared.pop() {
      if let port = jack_port_by_id(client, identifier), let name = jack_port_name(port) {
        names.insert(String(cString: name))
      }
    }
    return names
  }

  func connect(_ peer: String, to port: ClientPort) {
    let own = clientName + ":" + port.name
    _ = port.isInput ? jack_connect(client, peer, own) : jack_connect(client, own, peer)
  }

  /// `jack_client_close` can hang when servers come and go; its thread then keeps this object alive and waits alone.
  func beginClose() {
    guard !isClosing else { return }
    isClosing = true
    let worker = Thread { [self] in
      jack_client_close(client)
      closed.store(true, ordering: .releasing)
    }
    worker.name = "jack close"
    worker.start()
  }

  var isClosed: Bool { closed.load(ordering: .acquiring) }

  /// Copies and frees a list of JACK's.
  private func strings(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> [String] {
    guard let list else { return [] }
    defer { jack_free(list) }
    var result: [String] = []
    var next = list
    while let name = next.pointee {
      result.append(String(cString: name))
      next += 1
    }
    return result
  }
}
