// One connection to the daemon's socket as lines of bytes, without a thread of its own.

import Control
import FlyingSocks
import Foundation

/// Reads and writes lines of the control protocol. To be closed by whoever connected, when no task uses it any more.
struct DaemonLink: Sendable {
  /// Why a connection is given up.
  enum LinkError: Error {
    /// What answers sends longer lines than the protocol allows: it is no daemon.
    case noDaemon
  }

  private let socket: AsyncSocket

  /// Connects; throws when nobody serves there.
  init(path: String, pool: some AsyncSocketPool) async throws {
    let descriptor = try Socket(domain: AF_UNIX, type: .stream)
    do {
      socket = try AsyncSocket(socket: descriptor, pool: pool)
      try await socket.connect(to: .unix(path: path))
    } catch {
      try? descriptor.close()
      throw error
    }
  }

  /// Writes a line that ends with a newline.
  func write(_ line: Data) async throws {
    try await socket.write(line)
  }

  /// Hands over each line, without its newline, until `body` returns false; throws when the daemon goes away.
  func readLines(_ body: (ArraySlice<UInt8>) -> Bool) async throws {
    var rest: [UInt8] = []
    while true {
      let block = try await socket.read(atMost: 16_384)
      var start = block.startIndex
      while let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) {
        rest += block[start..<end]
        guard body(rest[...]) else { return }
        rest.removeAll(keepingCapacity: true)
        start = end + 1
      }
      rest += block[start...]
      guard rest.count <= ControlProtocol.maximumLineLength else { throw LinkError.noDaemon }
    }
  }

  /// Ends the connection.
  func close() {
    try? socket.close()
  }
}
