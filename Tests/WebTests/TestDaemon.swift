// A control server that answers as a test wants it to, in a folder that removes itself.

import Control
import Foundation
import Synchronization

/// Stands in for the daemon.
final class TestDaemon: Sendable {
  let path: String
  private let folder: String
  private let server = Mutex<ControlServer?>(nil)
  private let heard = Mutex<[Request]>([])

  init() throws {
    folder = NSTemporaryDirectory() + "/aw-" + UUID().uuidString.prefix(8)
    path = folder + "/control"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit {
    stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What was asked of it.
  var requests: [Request] { heard.withLock { $0 } }

  /// How many connections it has.
  var clients: Int { server.withLock { $0?.clients ?? 0 } }

  /// Serves; each request is answered with `done`.
  func start() throws {
    var limits = ControlServer.Limits()
    // A bridge that gets little time beside other tests is not to be dropped.
    limits.queue = 100_000_000
    let server = try ControlServer(path: path, version: "test", limits: limits) { request in
      self.heard.withLock { $0.append(request) }
      return .done("Done.")
    }
    self.server.withLock { $0 = server }
  }

  func stop() {
    let server = self.server.withLock { server in
      defer { server = nil }
      return server
    }
    server?.stop()
  }

  func broadcast(_ message: Message) { server.withLock { $0?.broadcast(message) } }

  /// A readout of a certain time.
  static func readout(_ time: Double) -> Message {
    .readout(
      Readout(
        time: time, scale: nil, confidence: 0, candidates: [], chroma: [], tuningCents: 0, levelDB: -30, active: true,
        input: InputSummary(state: "active")))
  }
}
