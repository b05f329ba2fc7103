// `antiphon web`: a page in the browser that shows and steers the daemon.

import ArgumentParser
import Control
import Dispatch
import Synchronization
import Web

struct WebCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "web",
    abstract: "Serve a page that shows what the daemon hears and answers, with a knob for each setting.",
    discussion: """
      Prints the page's address and serves it until Ctrl-C, on this machine only. The address contains a key that lets \
      its reader steer the daemon: it is another one at each start. The daemon may be started and stopped meanwhile.
      """)

  @OptionGroup var socket: SocketOption

  @Option(help: ArgumentHelp("The port; 0 takes any that is free.", valueName: "number"))
  var port = 8420

  @Flag(help: "Open the page in the browser.")
  var open = false

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port wants a whole number from 0 to 65535, not \(port).")
    }
  }

  func run() throws {
    let output = StandardOutput()
    Interruption.begin()
    do {
      let path = try socket.path ?? SocketPath.standard()
      let port = UInt16(port)
      let server = try Self.waiting { try await WebServer(port: port, socketPath: path) }
      try output.line("Antiphon's page is at \(server.address)")
      try output.line("Keep the address to yourself, and end this with Ctrl-C.")
      let opener = open ? Self.openBrowser(server.address, output) : nil
      defer { opener?.remove() }
      let ended = DispatchSemaphore(value: 0)
      Task {
        try? await server.wait()
        ended.signal()
      }
      // Short waits, so that Ctrl-C is noticed.
      while !Interruption.isRaised && ended.wait(timeout: .now() + 0.2) == .timedOut {}
      try Self.waiting {
        await server.stop()
        try await server.wait()
      }
    } catch OutputError.readerGone {
      return
    } catch {
      output.complain("antiphon: \(error)")
      throw ExitCode(for: error)
    }
  }

  /// Without a browser the page is served all the same.
  private static func openBrowser(_ address: String, _ output: StandardOutput) -> BrowserOpener? {
    do {
      return try BrowserOpener(address: address)
    } catch {
      output.complain("antiphon: \(error)")
      return nil
    }
  }

  /// Lets the main thread, which has nothing else to do, wait for a task.
  private static func waiting<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Value, any Error>?>(nil)
    Task {
      let outcome: Result<Value, any Error>
      do { outcome = .success(try await work()) } catch { outcome = .failure(error) }
      result.withLock { $0 = outcome }
      done.signal()
    }
    while true {
      done.wait()
      if let outcome = result.withLock({ $0 }) { return try outcome.get() }
    }
  }
}
