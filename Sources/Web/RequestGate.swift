// Decides who is let in: which Host, which Origin, which key.

import FlyingFox

/// Keeps other web pages and other users of the machine out. A pure function of a request's headers and query.
///
/// A page of another site can make a browser send requests here, even under a name of its own that leads to 127.0.0.1
/// (DNS rebinding): the Host header then carries that name, and its WebSockets carry its Origin. Another user of the
/// machine can connect to the port, but doesn't know the key.
struct RequestGate: Sendable {
  /// Why a request is refused.
  enum Refusal: Error, Equatable {
    case foreignHost
    case foreignOrigin
    case noKey
  }

  let port: UInt16
  let key: AccessKey

  /// The Host header when it names this server; it may be shown in headers of the reply.
  func host(_ request: HTTPRequest) throws(Refusal) -> String {
    let names = ["127.0.0.1", "localhost", "[::1]"]
    guard let host = request.headers[.host]?.lowercased(),
      names.contains(where: { host == "\($0):\(port)" || (port == 80 && host == $0) })
    else { throw .foreignHost }
    return host
  }

  /// Lets those in who know the key.
  func checkKey(_ request: HTTPRequest) throws(Refusal) {
    let given = request.query.first { $0.name == "key" }?.value
    guard key.matches(given) else { throw .noKey }
  }

  /// Lets only the page itself open a WebSocket; programs that are no browsers have to know the key all the same.
  func checkSocket(_ request: HTTPRequest) throws(Refusal) {
    let host = try host(request)
    guard request.headers[HTTPHeader("Origin")]?.lowercased() == "http://" + host else { throw .foreignOrigin }
    try checkKey(request)
  }
}
