// The thread that talks to the session manager.

import Control
import Glibc

/// Everything that the client's thread owns.
///
/// Unchecked: it is handed to one thread before that thread starts, and nobody else keeps it.
final class NSMLoop: @unchecked Sendable {
  private let socket: UDPSocket
  private let server: SocketAddress
  private let wakePipe: WakePipe
  private let log: @Sendable (String) -> Void
  private let exchange: @Sendable ((inout NSMState) -> Void) -> Void
  private let heard: @Sendable () -> Void
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

  init(
    socket: consuming UDPSocket, server: SocketAddress, wakePipe: WakePipe, log: @escaping @Sendable (String) -> Void,
    exchange: @escaping @Sendable ((inout NSMState) -> Void) -> Void, heard: @escaping @Sendable () -> Void
  ) {
    self.socket = socket
    self.server = server
    self.wakePipe = wakePipe
    self.log = log
    self.exchange = exchange
    self.heard = heard
  }

  deinit {
    buffer.deallocate()
  }

  /// The first message: who we are and what we can do.
  func announce(name: String, executable: String) {
    send(
      "/nsm/server/announce",
      [.string(name), .string(":dirty:message:"), .string(executable), .int(1), .int(2), .int(getpid())])
  }

  /// Obeys the session manager until the client stops.
  func run() {
    var isStopping = false
    while !isStopping {
      var entries = [
        pollfd(fd: wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
        pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&entries, nfds_t(entries.count), -1)
      wakePipe.drain()
      receive()
      openWaiting()
      tell()
      exchange { isStopping = $0.isStopping }
    }
  }

  private func receive() {
    while let (bytes, sender) = socket.receive(into: buffer) {
      guard isServer(sender), let messages = try? OSCPacket.parse(bytes) else { continue }
      for message in messages { obey(message) }
    }
  }

  /// Whether a packet comes from the session manager. Its host may be known by several of the machine's addresses
  /// (the machine's name is often 127.0.1.1), so any of the loopback counts, with the right port.
  private func isServer(_ sender: SocketAddress) -> Bool {
    sender.port == server.port && (sender.hasHost(of: server) || sender.isLoopback && server.isLoopback)
  }

  private func obey(_ message: OSCMessage) {
    let texts = message.arguments.map(\.text)
    switch message.path {
    case "/reply" where texts.first == "/nsm/server/announce":
      let manager = texts.count > 2 ? texts[2] ?? "" : ""
      exchange { $0.manager = manager.isEmpty ? "The session manager" : manager }
      heard()
    case "/error" where texts.first == "/nsm/server/announce":
      let reason = texts.count > 2 ? texts[2] ?? "" : ""
      exchange { $0.refusal = reason.isEmpty ? "it gave no reason." : reason }
      heard()
    case "/nsm/client/open": open(texts)
    case "/nsm/client/save": save()
    default: break
    }
  }

  private func open(_ texts: [String?]) {
    guard texts.count >= 3, let path = texts[0], let name = texts[1], let identity = texts[2], path.hasPrefix("/"),
      !identity.isEmpty
    else {
      return fail("/nsm/client/open", NSMFailure(.general, "open wants an absolute path, a name and a client ID."))
    }
    let session = NSMSession(path: path, displayName: name, clientID: identity)
    exchange { state in
      state.waiting = session
      state.first = state.first ?? session
    }
    heard()
  }

  /// Opens the session that waits, as soon as the program is ready.
  private func openWaiting() {
    var work: (NSMSession, NSMHandlers)?
    exchange { state in
      guard let session = state.waiting, let handlers = state.handlers else { return }
      state.waiting = nil
      work = (session, handlers)
    }
    guard let (session, handlers) = work else { return }
    switch handlers.open(session) {
    case .success(let sentence):
      exchange { state in
        state.isOpen = true
        state.isDirty = false
      }
      log("The session \"\(session.displayName)\" is open as \(session.clientID). \(sentence)")
      send("/reply", [.string("/nsm/client/open"), .string(sentence)])
    case .failure(let failure): fail("/nsm/client/open", failure)
    }
  }

  private func save() {
    // A save may follow the open in the same breath.
    openWaiting()
    var handlers: NSMHandlers?
    exchange { state in handlers = state.isOpen ? state.handlers : nil }
    guard let handlers else {
      return fail("/nsm/client/save", NSMFailure(.notNow, "No session is open yet; save again in a moment."))
    }
    // Before the work, so that what is changed meanwhile counts as changed.
    exchange { $0.isDirty = false }
    switch handlers.save() {
    case .success(let sentence):
      exchange { $0.toldDirty = nil }
      send("/reply", [.string("/nsm/client/save"), .string(sentence)])
    case .failure(let failure):
      exchange { $0.isDirty = true }
      fail("/nsm/client/save", failure)
    }
  }

  private func fail(_ path: String, _ failure: NSMFailure) {
    log("\(path == "/nsm/client/save" ? "Saving" : "Opening") the session failed: \(failure.message)")
    send("/error", [.string(path), .int(failure.code.rawValue), .string(failure.message)])
  }

  /// Says what has changed since the last time.
  private func tell() {
    var messages: [OSCMessage] = []
    exchange { state in
      guard state.isOpen else { return }
      if state.toldDirty != state.isDirty {
        state.toldDirty = state.isDirty
        messages.append(OSCMessage(state.isDirty ? "/nsm/client/is_dirty" : "/nsm/client/is_clean"))
      }
      for (priority, text) in state.sentences {
        messages.append(OSCMessage("/nsm/client/message", [.int(priority), .string(text)]))
      }
      state.sentences = []
    }
    for message in messages { send(message.path, message.arguments) }
  }

  private func send(_ path: String, _ values: [OSCArgument]) {
    socket.send(OSCMessage(path, values).bytes, to: server)
  }
}
