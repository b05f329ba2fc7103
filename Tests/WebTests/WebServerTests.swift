// The page over real sockets: what is served, to whom, and the end.

import Control
import Foundation
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(10))) struct WebServerTests {
  private let daemon: TestDaemon
  private let server: WebServer
  private var browser: TestBrowser { TestBrowser(port: server.port) }
  private var query: String { "?" + (server.address.split(separator: "?").last ?? "") }

  init() async throws {
    daemon = try TestDaemon()
    server = try await WebServer(port: 0, socketPath: daemon.path)
  }

  @Test func servesThePageToWhoHasTheKey() async throws {
    let reply = try await browser.request("/" + query)
    #expect(reply.status == 200)
    #expect(reply.body.contains("<title>Antiphon</title>"))
    #expect(reply.headers["content-type"] == "text/html; charset=utf-8")
    #expect(reply.headers["cache-control"] == "no-store")
    #expect(reply.headers["x-content-type-options"] == "nosniff")
    #expect(reply.headers["referrer-policy"] == "no-referrer")
    #expect(reply.headers["content-security-policy"]?.hasPrefix("default-src 'self';") == true)
    #expect(try await browser.request("/" + query, host: "localhost:\(server.port)").status == 200)
  }

  @Test func servesTheFilesOfThePage() async throws {
    for (path, type) in [("/main.js", "text/javascript"), ("/style.css", "text/css"), ("/icon.svg", "image/svg+xml")] {
      let reply = try await browser.request(path)
      #expect(reply.status == 200 && !reply.body.isEmpty)
      #expect(reply.headers["content-type"] == type + "; charset=utf-8")
    }
    let table = try await browser.request("/scales.json").body
    #expect(table.contains("[\"D\",\"E\",\"F\",\"G\",\"A\",\"B\",\"C\"]"))
  }

  @Test func servesTheThesaurus() async throws {
    let sections = try await browser.request("/patterns.json")
    #expect(sections.status == 200 && sections.headers["content-type"] == "application/json; charset=utf-8")
    #expect(sections.body.contains("\"sizes\":{\"1\":5,\"2\":10,\"3\":10,\"4\":5}"))
    let notes = try await browser.request("/pattern.json?name=tritone%2Finterpolation%2F1%3A3&tonic=2")
    #expect(notes.status == 200 && notes.headers["content-type"] == "application/json; charset=utf-8")
    let text = #"{"cell":[62,65,68],"name":"tritone/interpolation/1:3","pitchClasses":[2,5,8,11]}"#
    #expect(notes.body == text + "\n")
  }

  @Test(arguments: [
    ("", "is no pattern of the Thesaurus"), ("?name=tritone/interpolation/1:6", "it has 1 to 5"),
    ("?name=tritone/interpolation/1:1&tonic=12", "from 0 (C) to 11 (B)"), ("?name=%00/%FF/%2F", ""),
    ("?name=tritoon/interpolation/1:1", "did you mean tritone"),
  ])
  func saysWhatIsNoPattern(query: String, reason: String) async throws {
    let reply = try await browser.request("/pattern.json" + query)
    #expect(reply.status == 404 && (reason.isEmpty || reply.body.contains(reason)))
    #expect(reply.headers["content-type"] == "text/plain; charset=utf-8")
  }

  @Test(arguments: ["/", "/?key=", "/?key=00000000000000000000000000000000", "/?other=1"])
  func refusesThePageWithoutTheKey(path: String) async throws {
    let reply = try await browser.request(path)
    #expect(reply.status == 403)
    #expect(reply.body.contains("Open the address that <code>antiphon web</code> printed"))
  }

  @Test(arguments: ["evil.example", "127.0.0.1", "127.0.0.1:1", "[::1]", "evil.example:8420", ""])
  func refusesForeignHosts(host: String) async throws {
    for path in ["/" + query, "/main.js", "/control" + query] {
      #expect(try await browser.request(path, host: host).status == 421)
    }
  }

  @Test func refusesWhatItDoesNotServe() async throws {
    #expect(try await browser.request("/etc/passwd").status == 404)
    #expect(try await browser.request("/../../etc/passwd").status == 404)
    #expect(try await browser.request("/" + query, method: "POST").status == 405)
    // A request for the WebSocket that is no handshake.
    let headers = ["Origin": "http://127.0.0.1:\(server.port)"]
    #expect(try await browser.request("/control" + query, headers: headers).status == 400)
  }

  @Test func refusesForeignWebSockets() async throws {
    let foreign = [
      "http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1:\(server.port)", "null", "",
      "http://localhost:\(server.port)",
    ]
    for origin in foreign {
      await #expect("origin \(origin)") {
        _ = try await browser.webSocket("/control" + query, headers: ["Origin": origin])
      } throws: { error in
        if case TestBrowserError.refused(403) = error { true } else { false }
      }
    }
    await #expect(throws: TestBrowserError.self) { try await browser.webSocket("/control?key=x") }
    #expect(server.pages == 0)
  }

  @Test func eachServerHasItsOwnKey() async throws {
    let other = try await WebServer(port: 0, socketPath: daemon.path)
    #expect(try await TestBrowser(port: other.port).request("/" + query).status == 403)
    await other.stop()
  }

  @Test func portInUseIsNamed() async throws {
    let port = server.port
    await #expect(throws: WebServerError.portInUse(port)) { try await WebServer(port: port, socketPath: daemon.path) }
    #expect(try await browser.request("/" + query).status == 200)
  }

  @Test func unusablePathIsNamed() async throws {
    let path = "/" + String(repeating: "x", count: 120)
    await #expect(throws: ControlError.pathTooLong(path)) { try await WebServer(port: 0, socketPath: path) }
  }

  @Test func stopsWhilePagesAreOpen() async throws {
    try daemon.start()
    let page = try await browser.webSocket("/control" + query)
    #expect(try await page.message() == .hello(Hello(version: "test")))
    await server.stop()
    try await server.wait()
    await #expect(throws: (any Error).self) { try await browser.request("/" + query) }
    #expect(await eventually { daemon.clients == 0 && server.pages == 0 })
    page.close()
  }
}
