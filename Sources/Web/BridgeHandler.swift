// Gives each WebSocket its bridge, and ends the bridge with the WebSocket.

import FlyingFox
import FlyingSocks

/// Makes the bridges and counts them. Frames are made only as fast as the browser takes them.
struct BridgeHandler: WSHandler {
  let path: String
  let pool: any AsyncSocketPool
  let places: Places

  func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
    let toPage = Bridge.queue()
    guard let place = places.take() else {
      toPage.finish(with: .close(code: Places.refusal))
      return AsyncStream(unfolding: { await toPage.next() })
    }
    let bridge = Bridge(path: path, pool: pool, frames: client, toPage: toPage)
    let task = Task {
      await bridge.run()
      place.leave()
    }
    let end = EndOfStream { task.cancel() }
    return AsyncStream(
      unfolding: {
        let frame = await toPage.next()
        if frame == nil { end.run() }
        return frame
      },
      onCancel: { task.cancel() })
  }
}

/// Cancels a bridge when its stream is forgotten, as happens when writing to the browser fails.
private final class EndOfStream: Sendable {
  private let action: @Sendable () -> Void

  init(_ action: @escaping @Sendable () -> Void) {
    self.action = action
  }

  deinit {
    action()
  }

  func run() {
    action()
  }
}
