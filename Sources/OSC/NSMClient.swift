// Antiphon as a client of the New (or Non) Session Manager.

import Control
import Foundation
import Glibc
import Synchronization

/// Announces the program to the session manager at `NSM_URL`, learns the name to have on JACK, and opens and saves
/// sessions when it is told to. NSM API 1.1: docs/src/api of new-session-manager.
///
/// Use: make one before anything is registered with JACK, `waitForSession`, start under `NSMSession.clientID`, `begin`.
/// One thread of its own talks to the session manager; all messages leave from one socket, as the API demands.
public final class NSMClient: Sendable {
  /// The URL in the environment; nil when the program was not started by a session manager.
  public static func url(environment: [String: String]? = nil) -> String? {
    let environment = environment ?? ProcessInfo.processInfo.environment
    return environment["NSM_URL"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Shared with the thread, which doesn't hold the client itself.
  private final class Shared: Sendable {
    let state = Mutex(NSMState())
    /// Signalled whenever the session manager has said something that a caller may wait for.
    let heard = DispatchSemaphore(value: 0)
  }

  private let url: String
  private let wakePipe: WakePipe
  private let shared = Shared()
  private let worker = WorkerThread()
  private let isStopped = Atomic<Bool>(false)

  /// Announces the program. The host in the URL is looked up here, which may take a while.
  ///
  /// - Parameter url: such as "osc.udp://localhost:14567/".
  /// - Parameter name: the name that the program has on JACK without a session manager.
  /// - Parameter executable: the name that the program was launched with.
  /// - Parameter log: told in one sentence what the session manager does; called on the client's thread.
  public init(
    url: String, name: String = "Antiphon", executable: String, log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(OSCError) {
    let server = try Self.address(url)
    // On the loopback when the manager is there; else wherever the packets to it leave from.
    let isFour = server.family == AF_INET
    let own = server.isLoopback ? (isFour ? "127.0.0.1" : "::1") : (isFour ? "0.0.0.0" : "::")
    let socket = try UDPSocket(bindingTo: try SocketAddress.resolve(own, port: 0))
    guard let wakePipe = WakePipe() else { throw .noDescriptors }
    self.url = url
    self.wakePipe = wakePipe
    let shared = shared
    let loop = NSMLoop(
      socket: socket, server: server, wakePipe: wakePipe, log: log,
      exchange: { body in shared.state.withLock { body(&$0) } }, heard: { shared.heard.signal() })
    loop.announce(name: name, executable: executable)
    worker.start("nsm") { loop.run() }
  }

  deinit {
    stop()
  }

  private static func address(_ url: String) throws(OSCError) -> SocketAddress {
    let parts = url.split(separator: "://", maxSplits: 1)
    guard parts.count == 2, parts[0] == "osc.udp" else { throw .sessionURL(url) }
    do throws(OSCError) {
      return try SocketAddress.resolve(hostAndPort: String(parts[1].prefix { $0 != "/" }))
    } catch {
      throw .sessionURL(url)
    }
  }

  /// Blocks until the session manager has named the session to open.
  ///
  /// - Parameter seconds: how long to wait for its answer, and then once more for the session.
  /// - Throws: `sessionSilent`, `sessionMissing` or `sessionRefused`; the program can then go on without.
  public func waitForSession(seconds: Double) throws(OSCError) -> NSMSession {
    var deadline = DispatchTime.now() + seconds
    var hasAnswered = false
    while true {
      let (session, manager, refusal) = shared.state.withLock { ($0.first, $0.manager, $0.refusal) }
      if let session { return session }
      if let refusal { throw .sessionRefused(refusal) }
      if manager != nil, !hasAnswered {
        hasAnswered = true
        deadline = DispatchTime.now() + seconds
      }
      guard shared.heard.wait(timeout: deadline) == .success else {
        throw manager.map { .sessionMissing(manager: $0, seconds: seconds) }
          ?? .sessionSilent(url: url, seconds: seconds)
      }
    }
  }

  /// From now on sessions are opened and saved, the one that waits first. Any thread.
  public func begin(_ handlers: NSMHandlers) {
    shared.state.withLock { $0.handlers = handlers }
    wakePipe.wake()
  }

  /// Says whether there are changes that were not saved; saving and opening make it false. Any thread.
  public func setDirty(_ isDirty: Bool) {
    shared.state.withLock { $0.isDirty = isDirty }
    wakePipe.wake()
  }

  /// Shows a sentence in the session manager. Any thread.
  ///
  /// - Parameter priority: 0...3, 3 being the most important.
  public func show(_ sentence: String, priority: Int = 0) {
    shared.state.withLock { state in
      if state.sentences.count == 16 { state.sentences.removeFirst() }
      state.sentences.append((Int32(max(0, min(priority, 3))), sentence))
    }
    wakePipe.wake()
  }

  /// Ends the thread. The session manager sees from the process that it ends. Later calls do nothing.
  public func stop() {
    guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
    shared.state.withLock { $0.isStopping = true }
    wakePipe.wake()
    worker.join()
  }
}
