// Antiphon's OSC server: commands in, events out, over UDP.

public import Control
import Foundation
import Synchronization

/// Speaks OSC 1.0 on a UDP port; docs/osc.md lists the messages.
///
/// One thread of its own receives and sends; no call of this type blocks on the network.
public final class OSCServer: Sendable {
  /// Where the server listens and whom it serves.
  public struct Configuration: Sendable {
    /// The address to be bound to; 127.0.0.1 can be reached from this machine alone.
    public var address: String
    /// The UDP port; 0 takes any that is free.
    public var port: Int
    /// Who receives everything without asking, as "host:port".
    public var receivers: [String]
    /// The daemon's start by the monotonic clock, from which the times in messages count.
    public var start: Double
    /// Seconds for which a subscription holds.
    public var lifetime = 60.0

    /// - Parameter start: the moment from which times in messages count, in seconds of `MonotonicTime`.
    public init(address: String = "127.0.0.1", port: Int = 9876, receivers: [String] = [], start: Double) {
      self.address = address
      self.port = port
      self.receivers = receivers
      self.start = start
    }
  }

  /// What the server's thread shares with all others; it doesn't hold the server itself.
  private final class Shared: Sendable {
    let outbox = Mutex(OSCOutbox())
    let subscribers = Atomic<Int>(0)
  }

  private let bound: SocketAddress
  private let wakePipe: WakePipe
  private let shared = Shared()
  private let worker = WorkerThread()
  private let isStopped = Atomic<Bool>(false)

  /// Opens the port and starts to serve. Host names are looked up here, which may take a while.
  ///
  /// - Parameter version: the program's version, for `/pong`.
  /// - Parameter log: told in one sentence, not often, about packets that are refused; called on the server's thread.
  /// - Parameter answer: carries requests out; called on the server's thread, so it should be quick. `reload` is
  ///   carried out on a thread of its own: it takes a while, and may end this server, which waits for its thread.
  public init(
    _ configuration: Configuration, version: String, log: @escaping @Sendable (String) -> Void = { _ in },
    answer: @escaping @Sendable (Request) -> Message
  ) throws(OSCError) {
    guard let port = UInt16(exactly: configuration.port) else {
      throw .bind(address: configuration.address, port: configuration.port, reason: "ports end at 65535")
    }
    let wanted = try SocketAddress.resolve(configuration.address, port: port)
    var receivers: [SocketAddress] = []
    for text in configuration.receivers { receivers.append(try Self.receiver(text, for: wanted)) }
    let socket = try UDPSocket(bindingTo: wanted)
    guard let wakePipe = WakePipe() else { throw .noDescriptors }
    bound = socket.address
    self.wakePipe = wakePipe
    let shared = shared
    shared.subscribers.store(receivers.count, ordering: .relaxed)
    let loop = OSCServerLoop(
      socket: socket,
      settings: OSCServerLoop.Settings(
        version: version, start: configuration.start, lifetime: configuration.lifetime, receivers: receivers,
        wakePipe: wakePipe, log: log, answer: answer,
        answerLater: { request, path, sender in
          WorkerThread().start("osc reload") {
            let reply = OSCOutbox.LateReply(message: answer(request), path: path, sender: sender)
            shared.outbox.withLock { $0.reply = reply }
            wakePipe.wake()
          }
        },
        take: { shared.outbox.withLock { $0.take() } },
        count: { shared.subscribers.store($0, ordering: .relaxed) }))
    worker.start("osc") { loop.run() }
  }

  deinit {
    stop()
  }

  private static func receiver(_ text: String, for bound: SocketAddress) throws(OSCError) -> SocketAddress {
    do throws(OSCError) {
      return try SocketAddress.resolve(hostAndPort: text, family: bound.family)
    } catch {
      guard case .address(_, let reason) = error else { throw error }
      throw .receiver(text, reason: reason)
    }
  }

  /// The address, the real port and the number of subscribers. Any thread.
  public var summary: Status.OSC {
    Status.OSC(
      address: bound.hostText, port: Int(bound.port), subscribers: shared.subscribers.load(ordering: .relaxed))
  }

  /// Sends the daemon's news to those who want them: readouts (a later one replaces one that has not gone out yet),
  /// notes, phrases, settings, notices. Other messages are passed over. Never blocks. Any thread.
  public func send(_ message: Message) {
    shared.outbox.withLock { $0.add(message) }
    wakePipe.wake()
  }

  /// Sends what waits, ends the thread and closes the port. Later calls do nothing. Not to be called on the server's
  /// thread, for which it waits.
  public func stop() {
    guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
    shared.outbox.withLock { $0.isStopping = true }
    wakePipe.wake()
    worker.join()
  }
}
