// Answers the requests of browsers: the page, its files, and the WebSocket.

import Control
import FlyingFox
import FlyingSocks
import Foundation

/// Lets in who may come in, and gives what was asked for.
struct PageHandler: HTTPHandler {
  let gate: RequestGate
  let socket: WebSocketHTTPHandler

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    do throws(RequestGate.Refusal) {
      let host = try gate.host(request)
      guard request.method == .GET else {
        return Self.text(.methodNotAllowed, "Only GET is answered here.", extra: ["Allow": "GET"])
      }
      switch request.path {
      case "/":
        try gate.checkKey(request)
        return Self.reply(.ok, .index, host: host)
      case "/control":
        try gate.checkSocket(request)
        // Throws nothing: a request that is no handshake gets a reply that says so.
        return (try? await socket.handleRequest(request)) ?? Self.text(.badRequest, "This is no WebSocket handshake.")
      case "/patterns.json": return Self.reply(.ok, .patterns, host: host)
      case "/pattern.json": return Self.pattern(request, host: host)
      default:
        guard let file = PageFile.parts[request.path] else {
          return Self.text(.notFound, "There is nothing here: open the address that antiphon web prints.")
        }
        return Self.reply(.ok, file, host: host)
      }
    } catch {
      return Self.refusal(error)
    }
  }

  /// The notes of the pattern that the query names.
  private static func pattern(_ request: HTTPRequest, host: String) -> HTTPResponse {
    let value = { name in request.query.first { $0.name == name }?.value }
    do {
      let notes = try PatternNotes(name: value("name") ?? "", tonic: value("tonic"))
      return reply(.ok, PageFile(json: Data(LineCodec.encode(notes))), host: host)
    } catch {
      return text(.notFound, "\(error)")
    }
  }

  private static func refusal(_ refusal: RequestGate.Refusal) -> HTTPResponse {
    switch refusal {
    case .noKey: reply(.forbidden, .gate, host: "")
    case .foreignHost:
      text(.misdirectedRequest, "This server is known as 127.0.0.1 only: open the address that antiphon web prints.")
    case .foreignOrigin:
      text(.forbidden, "Only Antiphon's own page may connect here: open the address that antiphon web prints.")
    }
  }

  private static func text(
    _ status: HTTPStatusCode, _ sentence: String, extra: [String: String] = [:]
  ) -> HTTPResponse {
    var headers = headers("text/plain; charset=utf-8", host: "")
    for (name, value) in extra { headers[HTTPHeader(name)] = value }
    return HTTPResponse(statusCode: status, headers: headers, body: Data((sentence + "\n").utf8))
  }

  private static func reply(_ status: HTTPStatusCode, _ file: PageFile, host: String) -> HTTPResponse {
    HTTPResponse(statusCode: status, headers: headers(file.type, host: host), body: file.body)
  }

  /// - Parameter host: the checked Host header; the page may open WebSockets there. ('self' covers them only in new
  ///   browsers.)
  private static func headers(_ type: String, host: String) -> HTTPHeaders {
    let sockets = host.isEmpty ? "" : " ws://" + host
    let policy = "default-src 'self'; connect-src 'self'\(sockets); object-src 'none'; base-uri 'none'; "
      + "form-action 'none'; frame-ancestors 'none'"
    var headers = HTTPHeaders()
    headers[.contentType] = type
    headers[.cacheControl] = "no-store"
    for (name, value) in [
      ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
      ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
    ] {
      headers[HTTPHeader(name)] = value
    }
    return headers
  }
}
