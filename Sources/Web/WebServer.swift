// The web server: one page on the loopback address, and its bridges to the daemon.

import Control
import FlyingFox
import FlyingSocks
import Foundation

/// Serves the page on 127.0.0.1 until it is stopped. Speaks to the daemon through its socket only. Any thread.
public final class WebServer: Sendable {
  /// The port, also when any that is free was asked for.
  public let port: UInt16
  /// The page's address with the key, which nobody else should see.
  public var address: String { "http://127.0.0.1:\(port)/?key=\(key.text)" }
  /// How many pages are open.
  public var pages: Int { places.count }

  private let key = AccessKey()
  private let places = Places()
  private let server: HTTPServer
  private let task: Task<Void, any Error>

  /// Opens the port and serves.
  ///
  /// - Parameter port: 0 takes any that is free.
  /// - Parameter socketPath: the daemon's control socket; nobody has to serve there yet.
  /// - Throws: `WebServerError`, or a `ControlError` about the path.
  public init(port: UInt16, socketPath: String) async throws {
    guard (1...107).contains(socketPath.utf8.count) else { throw ControlError.pathTooLong(socketPath) }
    let pool = HTTPServer.defaultPool(logger: .disabled)
    let server = HTTPServer(
      config: .init(address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port), pool: pool, logger: .disabled))
    let task = Task { try await server.run() }
    let opening = Task { try await server.waitUntilListening(timeout: 10) }
    Task {
      // A server that fails never listens.
      _ = await task.result
      opening.cancel()
    }
    guard (try? await opening.value) != nil, case .ip4(_, let actual)? = await server.listeningAddress else {
      task.cancel()
      throw Self.error(await task.result, port: port)
    }
    let bridges = BridgeHandler(path: socketPath, pool: pool, places: places)
    // The port is known only now; until here every request is answered with 404.
    await server.appendRoute(
      "*",
      to: PageHandler(gate: RequestGate(port: actual, key: key), socket: WebSocketHTTPHandler(handler: bridges)))
    self.port = actual
    self.server = server
    self.task = task
  }

  deinit {
    task.cancel()
  }

  /// Closes the port and the pages' connections.
  public func stop() async {
    await server.stop(timeout: 0)
  }

  /// Returns when the server was stopped.
  ///
  /// - Throws: `WebServerError.ended` when it ended for another reason.
  public func wait() async throws {
    let result = await task.result
    if case .failure(let error) = result, !(error is CancellationError), error as? SocketError != .disconnected {
      throw WebServerError.ended(reason: Self.reason(error))
    }
  }

  private static func error(_ result: Result<Void, any Error>, port: UInt16) -> WebServerError {
    guard case .failure(let error) = result else { return .cannotListen(port, reason: "it does not open") }
    if case .failed(_, EADDRINUSE, _)? = error as? SocketError { return .portInUse(port) }
    if case .failed(_, EACCES, _)? = error as? SocketError { return .portNotAllowed(port) }
    return .cannotListen(port, reason: reason(error))
  }

  private static func reason(_ error: any Error) -> String {
    if case .failed(_, let code, _)? = error as? SocketError { return String(cString: strerror(code)) }
    return error.localizedDescription
  }
}
