// The control server's thread: poll, accept, read, answer, write.

import Glibc

/// Everything that the server's thread owns.
///
/// Unchecked: it is handed to one thread before that thread starts, and nobody else keeps it.
final class ServerLoop: @unchecked Sendable {
  /// What the loop is given at the start.
  struct Settings: Sendable {
    let hello: Hello
    let limits: ControlServer.Limits
    let wakePipe: WakePipe
    let log: @Sendable (String) -> Void
    let answer: @Sendable (Request) -> Message
    let take: @Sendable () -> (readout: Readout?, events: [Message], isStopping: Bool)
    let count: @Sendable (_ clients: Int, _ watchers: Int) -> Void
  }

  private var listening: ListeningSocket?
  private let listener: Int32
  private let settings: Settings
  private var connections: [Connection] = []
  private var latest: [UInt8]?
  /// Until when no client is accepted: descriptors had run out.
  private var acceptAgain = 0.0
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)

  init(listening: consuming ListeningSocket, settings: Settings) {
    listener = listening.descriptor
    self.listening = consume listening
    self.settings = settings
  }

  deinit {
    buffer.deallocate()
  }

  /// Serves until the outbox says to stop; then the socket is gone.
  func run() {
    var isStopping = false
    while !isStopping {
      let ready = waitForWork()
      let now = MonotonicTime.now
      isStopping = deliver(at: now)
      acceptClients(at: now)
      serve(ready, at: now)
      dropSilent(at: now)
      count()
    }
    finish()
  }

  /// Polls; returns the events of each connection, in the order of `connections`.
  private func waitForWork() -> [Int16] {
    let mayAccept = MonotonicTime.now >= acceptAgain
    var entries = [
      pollfd(fd: settings.wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: mayAccept ? listener : -1, events: Int16(POLLIN), revents: 0),
    ]
    for connection in connections {
      let events = Int16(connection.isClosing ? 0 : POLLIN) | Int16(connection.hasOutput ? POLLOUT : 0)
      entries.append(pollfd(fd: connection.descriptor, events: events, revents: 0))
    }
    // The short limit matters only while somebody is slow or descriptors are short; the long one shows that we live.
    let hasDeadline = !mayAccept || connections.contains { $0.isClosing || $0.hasOutput }
    let count = poll(&entries, nfds_t(entries.count), hasDeadline ? 250 : 1000)
    settings.wakePipe.drain()
    return count > 0 ? entries.dropFirst(2).map(\.revents) : Array(repeating: 0, count: connections.count)
  }

  /// Hands the waiting broadcasts to the watchers; returns whether the server is to stop.
  private func deliver(at now: Double) -> Bool {
    let (readout, events, isStopping) = settings.take()
    for event in events {
      let line = LineCodec.encode(event)
      for index in connections.indices where connections[index].wants(event) {
        queue(line, to: index, at: now)
      }
    }
    if let readout {
      let line = LineCodec.encode(Message.readout(readout))
      latest = line
      for index in connections.indices where connections[index].isWatching {
        connections[index].offer(line, at: now)
      }
    }
    // Without watchers none are sent, and what was heard last is soon out of date.
    if !connections.contains(where: { $0.isWatching }) { latest = nil }
    return isStopping
  }

  private func acceptClients(at now: Double) {
    while now >= acceptAgain {
      let descriptor = UnixSocket.acceptClient(listener)
      guard descriptor >= 0 else {
        let isOutOfDescriptors = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM
        if isOutOfDescriptors { acceptAgain = now + 1 }
        if errno == ECONNABORTED || errno == EINTR { continue }
        return
      }
      let peer = UnixSocket.peerUser(descriptor)
      guard peer == geteuid() || peer == 0 else {
        settings.log("Another user's connection to the control socket was refused.")
        close(descriptor)
        continue
      }
      UnixSocket.limitSendBuffer(descriptor, bytes: settings.limits.sendBuffer)
      var connection = Connection(descriptor: descriptor, queueLimit: settings.limits.queue)
      let open = connections.count { !$0.isClosing }
      if open < settings.limits.clients {
        _ = connection.queue(LineCodec.encode(Message.hello(settings.hello)), at: now)
      } else {
        let count = settings.limits.clients
        let reply = Failure(.busy, "All \(count) places for clients are taken; close one and try again.")
        connection.end(saying: LineCodec.encode(Message.failure(reply)), at: now)
      }
      connections.append(connection)
      count()
    }
  }

  /// Tells how many clients there are; before they are answered, so that who has a reply finds itself counted.
  private func count() {
    let open = connections.filter { !$0.isClosing }
    settings.count(open.count, open.count { $0.isWatching })
  }

  /// Reads and writes wherever the kernel says that it can be done; forgets connections that ended.
  private func serve(_ ready: [Int16], at now: Double) {
    for index in connections.indices {
      let events = index < ready.count ? Int32(ready[index]) : 0
      var outcome = Connection.Outcome.open
      if events & (POLLIN | POLLHUP | POLLERR) != 0 && !connections[index].isClosing {
        outcome = receive(index, at: now)
      } else if events & (POLLHUP | POLLERR) != 0 {
        outcome = .ended
      }
      if case .open = outcome { outcome = connections[index].flush(at: now) }
      if case .ended = outcome { connections[index].hasEnded = true }
    }
    for connection in connections where connection.hasEnded { close(connection.descriptor) }
    connections.removeAll { $0.hasEnded }
  }

  private func receive(_ index: Int, at now: Double) -> Connection.Outcome {
    var items: [LineBuffer.Item] = []
    let outcome = connections[index].receive(into: buffer) { items.append($0) }
    for item in items { answer(item, from: index, at: now) }
    return outcome
  }

  private func answer(_ item: LineBuffer.Item, from index: Int, at now: Double) {
    guard case .line(let line) = item else {
      let limit = ControlProtocol.maximumLineLength
      return reply(.failure(Failure(.lineTooLong, "A line may have \(limit) bytes; this one was skipped.")), index, now)
    }
    do throws(Failure) {
      let request = try LineCodec.request(line)
      switch request {
      case .ping: reply(.pong, index, now)
      case .version: reply(.hello(settings.hello), index, now)
      case .watch(let notes):
        reply(.watching, index, now)
        connections[index].isWatching = true
        connections[index].isWatchingNotes = notes
        count()
        // The reader needn't wait for the next readout to see something.
        if let latest { connections[index].offer(latest, at: now) }
      default: reply(settings.answer(request), index, now)
      }
    } catch {
      reply(.failure(error), index, now)
    }
  }

  private func reply(_ message: Message, _ index: Int, _ now: Double) {
    queue(LineCodec.encode(message), to: index, at: now)
  }

  private func queue(_ line: [UInt8], to index: Int, at now: Double) {
    if !connections[index].queue(line, at: now) { drop(index, at: now) }
  }

  /// Drops a slow reader: it is told why, should it still read.
  private func drop(_ index: Int, at now: Double) {
    settings.log("A control client was dropped: it doesn't read what it is sent.")
    let notice = Failure(.slow, "The connection ends: too much waited to be read; read faster, or watch less.")
    connections[index].end(saying: LineCodec.encode(Message.failure(notice)), at: now)
  }

  private func dropSilent(at now: Double) {
    for index in connections.indices where !connections[index].isClosing {
      if connections[index].stalled(at: now) > settings.limits.stall { drop(index, at: now) }
    }
    let isOver = { (connection: Connection) in connection.deadline.map { now > $0 } ?? false }
    for connection in connections where isOver(connection) { close(connection.descriptor) }
    connections.removeAll(where: isOver)
  }

  private func finish() {
    let now = MonotonicTime.now
    let goodbye = LineCodec.encode(Message.notice("antiphond is stopping."))
    for index in connections.indices {
      connections[index].end(saying: goodbye, at: now)
      _ = connections[index].flush(at: now)
      close(connections[index].descriptor)
    }
    connections = []
    // The socket leaves the file system here, before `stop` returns.
    listening = nil
    settings.count(0, 0)
  }
}
