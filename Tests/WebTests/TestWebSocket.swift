// The browser's end of a WebSocket, frame by frame.

import Control
import FlyingSocks
import Foundation

/// Sends and receives frames of RFC 6455.
struct TestWebSocket: Sendable {
  /// What a frame is.
  enum Kind: UInt8 {
    case continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10
  }

  let socket: AsyncSocket

  /// Sends a frame, masked with zeros.
  func send(_ payload: [UInt8], kind: Kind = .text, isLast: Bool = true) async throws {
    var frame: [UInt8] = [(isLast ? 0x80 : 0) | kind.rawValue]
    switch payload.count {
    case ..<126: frame.append(0x80 | UInt8(payload.count))
    case ..<65_536: frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default: frame += [0x80 | 127] + (0..<8).reversed().map { UInt8(payload.count >> ($0 * 8) & 255) }
    }
    try await socket.write(Data(frame + [0, 0, 0, 0] + payload))
  }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  /// The next frame.
  func receive() async throws -> (kind: Kind?, payload: [UInt8]) {
    try await within { try await read() }
  }

  private func read() async throws -> (kind: Kind?, payload: [UInt8]) {
    let head = try await socket.read(bytes: 2)
    let length =
      switch head[1] & 127 {
      case 126: try await number(bytes: 2)
      case 127: try await number(bytes: 8)
      case let short: Int(short)
      }
    let payload = length == 0 ? [] : try await socket.read(bytes: length)
    return (Kind(rawValue: head[0] & 15), payload)
  }

  private func number(bytes count: Int) async throws -> Int {
    try await socket.read(bytes: count).reduce(0) { $0 << 8 | Int($1) }
  }

  /// The next text as a line of the protocol.
  func message() async throws -> Message? { LineCodec.message(try await receive().payload) }

  /// The text of frames until one contains a text.
  func text(with piece: String) async throws -> String {
    while true {
      let (kind, payload) = try await receive()
      let text = String(decoding: payload, as: UTF8.self)
      if text.contains(piece) { return text }
      if kind == .close { throw TestBrowserError.refused(0) }
    }
  }

  /// The code of the frame that closes the connection; other frames are skipped.
  func closeCode() async throws -> Int {
    while true {
      let (kind, payload) = try await receive()
      if kind == .close { return payload.prefix(2).reduce(0) { $0 << 8 | Int($1) } }
    }
  }

  func close() { try? socket.close() }
}
