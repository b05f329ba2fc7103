// The daemon's control server: many clients, one thread, line-delimited JSON.

import Foundation
import Synchronization

/// Serves the control protocol on a unix socket.
///
/// One thread of its own polls all clients; no call of this type blocks on a client. Any thread may broadcast.
public final class ControlServer: Sendable {
  /// How much the server puts up with.
  public struct Limits: Sendable {
    /// Clients at a time; one more is told so and sent away.
    public var clients = ControlProtocol.maximumClients
    /// Bytes that may wait for one client; with more it counts as a slow reader and is dropped.
    public var queue = 262_144
    /// Seconds without taking a byte after which a client is dropped.
    public var stall = 60.0
    /// The kernel's send buffer of a client, in bytes.
    public var sendBuffer: Int32 = 16_384

    /// The usual limits.
    public init() {}
  }

  /// The socket's path.
  public let path: String

  /// What the server's thread shares with all others. That thread must not hold the server itself: the last release
  /// would then wait, on the thread, for the thread's own end.
  private final class Shared: Sendable {
    let outbox = Mutex(Outbox())
    let clients = Atomic<Int>(0)
    let watchers = Atomic<Int>(0)
    let turns = Atomic<Int>(0)
  }

  private let wakePipe: WakePipe
  private let shared = Shared()
  private let worker = WorkerThread()
  private let isStopped = Atomic<Bool>(false)

  /// Opens the socket and starts to serve.
  ///
  /// - Parameter path: where the socket stands, see `SocketPath.standard`.
  /// - Parameter version: the program's version for the greeting.
  /// - Parameter log: told in one sentence about clients that are dropped; called on the server's thread.
  /// - Parameter answer: makes the reply to every request but `ping`, `version` and `watch`; called on the server's
  ///   thread, so it should be quick.
  public init(
    path: String, version: String, limits: Limits = Limits(), log: @escaping @Sendable (String) -> Void = { _ in },
    answer: @escaping @Sendable (Request) -> Message
  ) throws(ControlError) {
    let listening = try ListeningSocket(path: path)
    guard let wakePipe = WakePipe() else {
      throw .system("open", path: path, reason: UnixSocket.reason)
    }
    self.path = path
    self.wakePipe = wakePipe
    let shared = shared
    let settings = ServerLoop.Settings(
      hello: Hello(version: version), limits: limits, wakePipe: wakePipe, log: log, answer: answer,
      take: { shared.outbox.withLock { $0.take() } },
      count: { clients, watchers in
        shared.clients.store(clients, ordering: .relaxed)
        shared.watchers.store(watchers, ordering: .relaxed)
        shared.turns.add(1, ordering: .relaxed)
      })
    let loop = ServerLoop(listening: listening, settings: settings)
    worker.start("control") { loop.run() }
  }

  deinit {
    stop()
  }

  /// How many clients are connected.
  public var clients: Int { shared.clients.load(ordering: .relaxed) }
  /// How many clients want readouts; while it is 0, making them is wasted work.
  public var watchers: Int { shared.watchers.load(ordering: .relaxed) }

  /// Turns of the server's thread so far: a count that stands still for more than a second shows that it hangs.
  public var turns: Int { shared.turns.load(ordering: .relaxed) }

  /// Sends a message to every watcher. A readout replaces one that has not gone out yet. Never blocks. Any thread.
  public func broadcast(_ message: Message) {
    shared.outbox.withLock { $0.add(message) }
    wakePipe.wake()
  }

  /// Says goodbye to the clients, ends the thread and removes the socket. Later calls do nothing.
  public func stop() {
    guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
    shared.outbox.withLock { $0.isStopping = true }
    wakePipe.wake()
    worker.join()
  }
}
