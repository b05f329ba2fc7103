// The open ALSA sequencer: each system call behind one Swift function.

import CALSA

/// Owns an open client with an input and an output port; closes it when it ends. One thread uses it.
final class SequencerHandle {
  /// What reading gives.
  enum Input {
    case event(snd_seq_event_t)
    /// Nothing is waiting.
    case empty
    /// The kernel threw away everything that was waiting because it was too much.
    case overrun
  }

  /// The kernel's number of this client.
  let client: UInt8
  let inPort: UInt8
  let outPort: UInt8
  /// Polls readable when an event waits.
  let descriptor: Int32
  private let sequencer: OpaquePointer

  /// The most events that the kernel keeps for one client.
  private static let largestPool = 2000

  init(clientName: String) throws(SequencerError) {
    calsa_silence()
    var opened: OpaquePointer?
    var status = snd_seq_open(&opened, "default", SND_SEQ_OPEN_DUPLEX, SND_SEQ_NONBLOCK)
    // "default" needs ALSA's configuration files; the device itself does not.
    if status < 0 { status = snd_seq_open(&opened, "hw", SND_SEQ_OPEN_DUPLEX, SND_SEQ_NONBLOCK) }
    guard status >= 0, let opened else { throw .opening(code: status, text: Self.text(status)) }
    do throws(SequencerError) {
      try Self.check(snd_seq_set_client_name(opened, clientName), "name the client")
      // Where the kernel gives less room, its default still works.
      _ = snd_seq_set_client_pool_input(opened, Self.largestPool)
      _ = snd_seq_set_client_pool_output(opened, Self.largestPool)
      let common = SND_SEQ_PORT_TYPE_MIDI_GENERIC | SND_SEQ_PORT_TYPE_APPLICATION
      let input = try Self.check(
        snd_seq_create_simple_port(
          opened, "in", UInt32(SND_SEQ_PORT_CAP_WRITE | SND_SEQ_PORT_CAP_SUBS_WRITE),
          UInt32(common | SND_SEQ_PORT_TYPE_SYNTHESIZER)), "make the port \"in\"")
      let output = try Self.check(
        snd_seq_create_simple_port(
          opened, "out", UInt32(SND_SEQ_PORT_CAP_READ | SND_SEQ_PORT_CAP_SUBS_READ), UInt32(common)),
        "make the port \"out\"")
      var polled = pollfd()
      _ = try Self.check(snd_seq_poll_descriptors(opened, &polled, 1, Int16(POLLIN)), "give a file descriptor")
      client = UInt8(truncatingIfNeeded: snd_seq_client_id(opened))
      (inPort, outPort) = (UInt8(truncatingIfNeeded: input), UInt8(truncatingIfNeeded: output))
      descriptor = polled.fd
      sequencer = opened
    } catch {
      snd_seq_close(opened)
      throw error
    }
  }

  deinit { snd_seq_close(sequencer) }

  // MARK: Events

  /// The next event.
  func next() -> Input {
    var event: UnsafeMutablePointer<snd_seq_event_t>?
    let status = snd_seq_event_input(sequencer, &event)
    if status == -ENOSPC { return .overrun }
    guard status >= 0, let event else { return .empty }
    return .event(event.pointee)
  }

  /// True when an event was fetched from the kernel and not yet given out: the descriptor says nothing about it.
  var hasFetched: Bool { snd_seq_event_input_pending(sequencer, 0) > 0 }

  /// Sends an event at once; false when some receiver, or the kernel, had no room.
  func send(_ event: snd_seq_event_t) -> Bool {
    var event = event
    let status = snd_seq_event_output_direct(sequencer, &event)
    return ![-EAGAIN, -ENOSPC, -ENOMEM].contains(status)
  }

  // MARK: Ports

  /// The port at an address; nil when there is none.
  func port(at address: PortAddress) -> SequencerPort? {
    var client: OpaquePointer?
    var port: OpaquePointer?
    guard snd_seq_client_info_malloc(&client) >= 0, snd_seq_port_info_malloc(&port) >= 0 else { return nil }
    defer {
      snd_seq_client_info_free(client)
      snd_seq_port_info_free(port)
    }
    guard snd_seq_get_any_client_info(sequencer, Int32(address.client), client) >= 0,
      snd_seq_get_any_port_info(sequencer, Int32(address.client), Int32(address.port), port) >= 0
    else { return nil }
    let identity = SourceIdentity(
      client: Self.name(snd_seq_client_info_get_name(client)), port: Self.name(snd_seq_port_info_get_name(port)))
    return SequencerPort(
      address: address, identity: identity, capabilities: snd_seq_port_info_get_capability(port),
      type: snd_seq_port_info_get_type(port))
  }

  /// All ports of all clients.
  func ports() -> [SequencerPort] {
    var client: OpaquePointer?
    var port: OpaquePointer?
    guard snd_seq_client_info_malloc(&client) >= 0, snd_seq_port_info_malloc(&port) >= 0 else { return [] }
    defer {
      snd_seq_client_info_free(client)
      snd_seq_port_info_free(port)
    }
    var addresses: [PortAddress] = []
    snd_seq_client_info_set_client(client, -1)
    while snd_seq_query_next_client(sequencer, client) >= 0 {
      let number = snd_seq_client_info_get_client(client)
      snd_seq_port_info_set_client(port, number)
      snd_seq_port_info_set_port(port, -1)
      while snd_seq_query_next_port(sequencer, port) >= 0 {
        addresses.append(
          PortAddress(
            client: UInt8(truncatingIfNeeded: number),
            port: UInt8(truncatingIfNeeded: snd_seq_port_info_get_port(port))))
      }
    }
    return addresses.compactMap(self.port(at:))
  }

  /// The ports that are connected to the input.
  func connectedToInput() -> [PortAddress] {
    var query: OpaquePointer?
    guard snd_seq_query_subscribe_malloc(&query) >= 0 else { return [] }
    defer { snd_seq_query_subscribe_free(query) }
    var root = snd_seq_addr_t(client: client, port: inPort)
    snd_seq_query_subscribe_set_root(query, &root)
    snd_seq_query_subscribe_set_type(query, SND_SEQ_QUERY_SUBS_WRITE)
    var addresses: [PortAddress] = []
    var index: Int32 = 0
    snd_seq_query_subscribe_set_index(query, index)
    while snd_seq_query_port_subscribers(sequencer, query) >= 0 {
      if let address = snd_seq_query_subscribe_get_addr(query) { addresses.append(PortAddress(address.pointee)) }
      index += 1
      snd_seq_query_subscribe_set_index(query, index)
    }
    return addresses
  }

  /// Connects a port to the input; true when it is connected afterwards.
  func connectInput(to address: PortAddress) -> Bool {
    let status = snd_seq_connect_from(sequencer, Int32(inPort), Int32(address.client), Int32(address.port))
    return status >= 0 || status == -EBUSY
  }

  /// Disconnects a port from the input; true when it was connected.
  func disconnectInput(from address: PortAddress) -> Bool {
    snd_seq_disconnect_from(sequencer, Int32(inPort), Int32(address.client), Int32(address.port)) >= 0
  }

  // MARK: Text

  /// A name without characters that would break a line of a log.
  private static func name(_ text: UnsafePointer<CChar>?) -> String {
    guard let text else { return "" }
    return String(
      String.UnicodeScalarView(
        String(cString: text).unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  private static func text(_ status: Int32) -> String { String(cString: snd_strerror(status)) }

  @discardableResult
  private static func check(_ status: Int32, _ what: String) throws(SequencerError) -> Int32 {
    guard status >= 0 else { throw .refused(what: what, reason: text(status)) }
    return status
  }
}

extension PortAddress {
  init(_ address: snd_seq_addr_t) {
    self.init(client: address.client, port: address.port)
  }
}
