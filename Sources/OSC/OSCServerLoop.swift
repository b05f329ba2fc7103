// The OSC server's thread: poll, receive, answer, send.

import Control
import Glibc

/// Everything that the server's thread owns.
///
/// Unchecked: it is handed to one thread before that thread starts, and nobody else keeps it.
final class OSCServerLoop: @unchecked Sendable {
  /// What the loop is given at the start.
  struct Settings: Sendable {
    let version: String
    let start: Double
    let lifetime: Double
    let receivers: [SocketAddress]
    let wakePipe: WakePipe
    let log: @Sendable (String) -> Void
    let answer: @Sendable (Request) -> Message
    /// Carries out what takes a while on another thread; the reply comes by `take`.
    let answerLater: @Sendable (Request, _ path: String, _ sender: SocketAddress) -> Void
    let take: @Sendable () -> (messages: [Message], reply: OSCOutbox.LateReply?, isStopping: Bool)
    let count: @Sendable (_ subscribers: Int) -> Void
  }

  /// Packets that are read before what is to be sent has its turn again.
  private static let packetsATurn = 64
  /// Notes this near are sent plainly rather than in a bundle for later.
  private static let nearly = 0.001

  private var socket: UDPSocket?
  private let bound: SocketAddress
  private let settings: Settings
  private var news = OSCNews()
  private var subscribers: Subscribers
  /// Tells one run of the server from the next.
  private let identity = Int32.random(in: 1...Int32.max)
  /// Errors and replies to other machines are bounded: forged senders must not make this server flood anybody.
  private var errorLimit: RateLimit
  private var remoteLimit: RateLimit
  private var logLimit: RateLimit
  private var refused = 0
  /// Whether a reply comes later.
  private var isReloading = false
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

  init(socket: consuming UDPSocket, settings: Settings) {
    bound = socket.address
    self.socket = consume socket
    self.settings = settings
    let now = MonotonicTime.now
    subscribers = Subscribers(permanent: settings.receivers, lifetime: settings.lifetime)
    errorLimit = RateLimit(perSecond: 10, burst: 40, at: now)
    remoteLimit = RateLimit(perSecond: 50, burst: 200, at: now)
    logLimit = RateLimit(perSecond: 0.1, burst: 1, at: now)
  }

  deinit {
    buffer.deallocate()
  }

  /// Serves until the outbox says to stop; then the port is free.
  func run() {
    var isStopping = false
    while !isStopping {
      wait()
      let now = MonotonicTime.now
      subscribers.expire(at: now)
      isStopping = deliver(at: now)
      receive(at: now)
      settings.count(subscribers.entries.count)
    }
    publish([OSCEvent(topic: .state, message: OSCMessage("/antiphon/state", [.string("stopped")]))])
    socket = nil
    settings.count(0)
  }

  private func wait() {
    var entries = [
      pollfd(fd: settings.wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: socket?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    // The time limit lets subscriptions end in time.
    let hasDeadline = subscribers.entries.contains { $0.end != nil }
    poll(&entries, nfds_t(entries.count), hasDeadline ? 500 : -1)
    settings.wakePipe.drain()
  }

  // MARK: Out

  /// Sends what other threads have left; returns whether the server is to stop.
  private func deliver(at now: Double) -> Bool {
    let (messages, late, isStopping) = settings.take()
    for message in messages { publish(news.take(message)) }
    if let late {
      isReloading = false
      do throws(Failure) {
        try pass(late.message, late.path, to: late.sender, at: now)
      } catch {
        complain(error, late.path, to: late.sender, at: now)
      }
    }
    return isStopping
  }

  private func publish(_ events: [OSCEvent]) {
    guard !subscribers.entries.isEmpty else { return }
    for event in events {
      let bytes = packet(event)
      for entry in subscribers.entries where entry.topics.contains(event.topic) {
        socket?.send(bytes, to: entry.address)
      }
    }
  }

  /// A plain message, or a bundle with the moment at which it is to take effect.
  private func packet(_ event: OSCEvent) -> [UInt8] {
    guard let time = event.time else { return event.message.bytes }
    let ahead = settings.start + time - MonotonicTime.now
    guard ahead > Self.nearly else { return event.message.bytes }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let moment = Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9 + ahead
    return OSCPacket.bundle([event.message], at: OSCTimeTag(unixSeconds: moment))
  }

  // MARK: In

  private func receive(at now: Double) {
    for _ in 0..<Self.packetsATurn {
      guard let (bytes, sender) = socket?.receive(into: buffer) else { return }
      // What seems to come from the server itself is forged, and an answer would come back.
      guard !isOwn(sender), sender.port != 0 else { continue }
      do throws(OSCError) {
        for message in try OSCPacket.parse(bytes) { obey(message, from: sender, at: now) }
      } catch {
        refuse(error, from: sender, at: now)
      }
    }
  }

  private func isOwn(_ address: SocketAddress) -> Bool {
    address.port == bound.port && (address.isLoopback || address.hasHost(of: bound))
  }

  private func refuse(_ error: OSCError, from sender: SocketAddress, at now: Double) {
    refused += 1
    reply("/antiphon/error", [.string(""), .string(error.description)], to: sender, at: now)
    guard logLimit.allows(at: now) else { return }
    settings.log("OSC: \(refused) bad packet\(refused == 1 ? "" : "s") so far, the last from \(sender). \(error)")
  }

  private func obey(_ message: OSCMessage, from sender: SocketAddress, at now: Double) {
    do throws(Failure) {
      switch try OSCCommand(message) {
      case .ignored: break
      case .request(let request): try carryOut(request, message.path, from: sender, at: now)
      case .get(let name): try tell(name, sender, at: now)
      case .ping(let port, let path):
        let values: [OSCArgument] = [.string("antiphon"), .string(settings.version), .int(identity)]
        reply(path, values, to: try target(sender, port), at: now)
      case .subscribe(let port, let topics): try subscribe(try target(sender, port), topics, at: now)
      case .confirm(let token):
        guard let address = subscribers.confirm(token, from: sender, at: now) else {
          throw Failure(.badValue, "Nobody waits for that number; send /antiphon/subscribe again.")
        }
        welcome(address, isNew: true, at: now)
      case .unsubscribe(let port):
        let address = try target(sender, port)
        subscribers.remove(address)
        reply("/antiphon/unsubscribed", [], to: address, at: now)
      }
    } catch {
      complain(error, message.path, to: sender, at: now)
    }
  }

  private func complain(_ failure: Failure, _ path: String, to sender: SocketAddress, at now: Double) {
    reply("/antiphon/error", [.string(String(path.prefix(100))), .string(failure.message)], to: sender, at: now)
  }

  /// The sender, at another port when it asked for that.
  private func target(_ sender: SocketAddress, _ port: UInt16?) throws(Failure) -> SocketAddress {
    var address = sender
    address.port = port ?? sender.port
    guard !isOwn(address) else {
      throw Failure(.badValue, "Port \(address.port) is this server's own; name the port that you listen on.")
    }
    return address
  }

  private func reply(_ path: String, _ values: [OSCArgument], to address: SocketAddress, at now: Double) {
    if path == "/antiphon/error", !errorLimit.allows(at: now) { return }
    if !address.isLoopback, !remoteLimit.allows(at: now) { return }
    socket?.send(OSCMessage(path, values).bytes, to: address)
  }

  private func subscribe(_ address: SocketAddress, _ topics: Set<OSCTopic>, at now: Double) throws(Failure) {
    switch try subscribers.add(address, topics: topics, at: now) {
    case .subscribed(let isNew): welcome(address, isNew: isNew, at: now)
    case .unproven(let token): reply("/antiphon/confirm-with", [.int(token)], to: address, at: now)
    }
  }

  /// Says how long the subscription holds; who is new is told all that holds now.
  private func welcome(_ address: SocketAddress, isNew: Bool, at now: Double) {
    reply("/antiphon/subscribed", [.int(Int32(clamping: Int(settings.lifetime)))], to: address, at: now)
    guard isNew, let entry = subscribers.entries.first(where: { $0.address == address }) else { return }
    if case .settings(let list) = settings.answer(.settings) { publish(news.take(.settings(list))) }
    for event in news.present() where entry.topics.contains(event.topic) {
      socket?.send(event.message.bytes, to: address)
    }
  }

  private func tell(_ name: String, _ sender: SocketAddress, at now: Double) throws(Failure) {
    let answer = settings.answer(.settings)
    if case .failure(let failure) = answer { throw failure }
    guard case .settings(let list) = answer, let value = OSCNews.values(list)[name.lowercased()] else {
      throw Failure(.badValue, "There is no setting \"\(name.prefix(40))\"; antiphon settings lists them.")
    }
    // "/antiphon/scale" tells what is heard, so the rule for it has a name of its own.
    let path = name.lowercased() == "scale" ? "scale/rule" : name.lowercased()
    reply(OSCCommand.prefix + path, [value], to: sender, at: now)
  }

  private func carryOut(
    _ request: Request, _ path: String, from sender: SocketAddress, at now: Double
  ) throws(Failure) {
    guard request == .reload else { return try pass(settings.answer(request), path, to: sender, at: now) }
    guard !isReloading else {
      throw Failure(.failed, "The configuration is being read already; ask again when that is done.")
    }
    isReloading = true
    settings.answerLater(request, path, sender)
  }

  /// Sends the reply to a request where it belongs.
  private func pass(
    _ message: Message, _ path: String, to sender: SocketAddress, at now: Double
  ) throws(Failure) {
    switch message {
    case .failure(let failure): throw failure
    case .settings(let list): publish(news.take(.settings(list)))
    case .done(let sentence): reply("/antiphon/done", [.string(path), .string(sentence)], to: sender, at: now)
    case .status(let status): reply("/antiphon/status", Self.values(status), to: sender, at: now)
    case .styles(let list):
      let usable = list.styles.filter { $0.problem == nil }.prefix(64)
      reply("/antiphon/styles", usable.map { .string($0.name) }, to: sender, at: now)
    case .recording(let summary):
      let message = OSCNews.recording(summary)
      reply(message.path, message.arguments, to: sender, at: now)
    case let other: publish(news.take(other))
    }
  }

  /// Version, seconds since the start, state of the audio input, state of the dialogue, keyboards, xruns, warnings.
  private static func values(_ status: Status) -> [OSCArgument] {
    [
      .string(status.version), .float(Float(status.uptime)), .string(status.audio.input.state),
      .string(status.dialogue?.state ?? "none"), .int(Int32(clamping: status.dialogue?.keyboards.count ?? 0)),
      .int(Int32(clamping: status.audio.xruns)), .int(Int32(clamping: status.warnings.count)),
    ]
  }
}
