// Between one page in a browser and the daemon: lines both ways, for as long as the page is open.

import Control
import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// Relays the lines of the control protocol, one a WebSocket message, and connects again by itself when the daemon
/// comes back.
final class Bridge: Sendable {
  /// Bytes that may wait in each direction before the page or the daemon counts as stuck; readouts don't count.
  private static let limit = 262_144

  private let path: String
  private let pool: any AsyncSocketPool
  private let frames: AsyncThrowingStream<WSFrame, any Error>
  /// Frames for the page; the end of the queue is the end of the connection.
  private let toPage: BoundedQueue<WSFrame>
  private let toDaemon = BoundedQueue<Data>(limit: limit)
  private let isConnected = Atomic<Bool>(false)

  /// - Parameter path: the daemon's socket.
  /// - Parameter pool: waits for the sockets; it must be running.
  /// - Parameter frames: what the page sends.
  init(
    path: String, pool: any AsyncSocketPool, frames: AsyncThrowingStream<WSFrame, any Error>,
    toPage: BoundedQueue<WSFrame>
  ) {
    self.path = path
    self.pool = pool
    self.frames = frames
    self.toPage = toPage
  }

  /// A queue of frames for a page.
  static func queue() -> BoundedQueue<WSFrame> { BoundedQueue(limit: limit) }

  /// Works until the page goes away, breaks the rules or doesn't read, or the task is cancelled.
  func run() async {
    let reason = await withTaskGroup(of: WSCloseCode.self) { group in
      group.addTask { await self.listenToPage() }
      group.addTask { await self.keepConnected() }
      let reason = await group.next() ?? .normalClosure
      group.cancelAll()
      return reason
    }
    toPage.finish(with: .close(code: reason))
  }

  /// Takes what the page sends: commands that are known, one a message. Returns why it ended.
  private func listenToPage() async -> WSCloseCode {
    var text = Data()
    do {
      for try await frame in frames {
        switch frame.opcode {
        case .text, .continuation:
          text = frame.opcode == .text ? frame.payload : text + frame.payload
          guard text.count <= ControlProtocol.maximumLineLength else { return .messageTooBig }
          guard !frame.fin || relay(text) else { return .tryAgainLater }
        case .ping:
          // RFC 6455 §5.5.3: a pong carries what the ping did.
          let pong = WSFrame(fin: true, opcode: .pong, mask: nil, payload: frame.payload)
          guard toPage.add(pong, size: frame.payload.count) else { return .tryAgainLater }
        case .pong: break
        case .close: return .normalClosure
        default: return .unsupportedData
        }
      }
      return .normalClosure
    } catch {
      return .protocolError
    }
  }

  /// Passes a command on as this program understands it, or tells the page what is wrong with it; false when the page
  /// or the daemon doesn't keep up.
  private func relay(_ text: Data) -> Bool {
    do throws(Failure) {
      let request = try LineCodec.request(text)
      guard isConnected.load(ordering: .relaxed) else { throw Failure(.failed, BridgeNews.absence) }
      let line = Data(LineCodec.encode(request))
      return toDaemon.add(line, size: line.count)
    } catch {
      return tell(LineCodec.encode(Message.failure(error)).dropLast())
    }
  }

  /// Connects to the daemon, again every second while it isn't there.
  private func keepConnected() async -> WSCloseCode {
    while !Task.isCancelled {
      var keepsUp = true
      if let link = try? await DaemonLink(path: path, pool: pool) {
        isConnected.store(true, ordering: .relaxed)
        keepsUp = await talk(over: link)
        isConnected.store(false, ordering: .relaxed)
        link.close()
      }
      guard keepsUp, tell(LineCodec.encode(BridgeNews.lost).dropLast()) else { return .tryAgainLater }
      try? await Task.sleep(for: .seconds(1))
    }
    return .goingAway
  }

  /// Relays until the daemon goes away; false when the page doesn't keep up.
  private func talk(over link: DaemonLink) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        while let line = await self.toDaemon.next() {
          do { try await link.write(line) } catch { break }
        }
        return true
      }
      group.addTask {
        var keepsUp = true
        try? await link.readLines { line in
          keepsUp = self.tell(line)
          return keepsUp
        }
        return keepsUp
      }
      let keepsUp = await group.next() ?? true
      group.cancelAll()
      return keepsUp
    }
  }

  /// Sends a line to the page; false when too much waits for it.
  private func tell(_ line: ArraySlice<UInt8>) -> Bool {
    let frame = WSFrame(fin: true, opcode: .text, mask: nil, payload: Data(line))
    // The daemon writes its keys in alphabetical order: the type is last.
    if line.suffix(Self.readoutEnd.count).elementsEqual(Self.readoutEnd) {
      toPage.offer(frame)
      return true
    }
    return toPage.add(frame, size: line.count)
  }

  private static let readoutEnd = Array("\"type\":\"readout\"}".utf8)
}
