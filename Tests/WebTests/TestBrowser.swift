// A browser that does what a test says: plain HTTP requests and WebSockets, with any header.

import FlyingSocks
import Foundation

/// What a server answers to one request.
struct TestReply {
  var status = 0
  var headers: [String: String] = [:]
  var body = ""
}

/// Why a test's browser gives up.
enum TestBrowserError: Error {
  case timeout
  case refused(Int)
}

/// Does something, but not for longer than some seconds.
func within<Value: Sendable>(
  _ seconds: Double = 10, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask(operation: work)
    group.addTask {
      try await Task.sleep(for: .seconds(seconds))
      throw TestBrowserError.timeout
    }
    defer { group.cancelAll() }
    guard let value = try await group.next() else { throw TestBrowserError.timeout }
    return value
  }
}

/// Waits until something is true; false when it is not after ten seconds.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
  for _ in 0..<1000 {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(10))
  }
  return false
}

/// Requests to one port of this machine.
struct TestBrowser: Sendable {
  let port: UInt16

  /// Sends one request and reads the whole reply.
  func request(
    _ path: String, method: String = "GET", host: String? = nil, headers: [String: String] = [:]
  ) async throws -> TestReply {
    let socket = try await AsyncSocket.connected(to: .inet(ip4: "127.0.0.1", port: port))
    defer { try? socket.close() }
    return try await within {
      try await socket.write(head(path, method, host, headers.merging(["Connection": "close"]) { $1 }))
      var bytes: [UInt8] = []
      while let more = try? await socket.read(atMost: 4096), !more.isEmpty { bytes += more }
      return Self.reply(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Opens a WebSocket as the page does; headers given here take the place of the usual ones.
  func webSocket(_ path: String, headers: [String: String] = [:]) async throws -> TestWebSocket {
    let socket = try await AsyncSocket.connected(to: .inet(ip4: "127.0.0.1", port: port))
    let usual = [
      "Origin": "http://127.0.0.1:\(port)", "Upgrade": "websocket", "Connection": "Upgrade",
      "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ]
    return try await within {
      try await socket.write(head(path, "GET", nil, usual.merging(headers) { $1 }))
      var bytes: [UInt8] = []
      while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) { bytes.append(try await socket.read()) }
      let reply = Self.reply(String(decoding: bytes, as: UTF8.self))
      guard reply.status == 101 else {
        try? socket.close()
        throw TestBrowserError.refused(reply.status)
      }
      return TestWebSocket(socket: socket)
    }
  }

  private func head(_ path: String, _ method: String, _ host: String?, _ headers: [String: String]) -> Data {
    let lines = ["\(method) \(path) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")"]
      + headers.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)" }
    return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  private static func reply(_ text: String) -> TestReply {
    var reply = TestReply()
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
    let lines = (parts.first ?? "").split(separator: "\r\n")
    reply.status = lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      if pair.count == 2 { reply.headers[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces) }
    }
    reply.body = parts.count > 1 ? String(parts[1]) : ""
    return reply
  }
}
