// The thread whose turns tell everybody what goes on.

import Control
import Foundation
import Synchronization

/// Runs `DaemonTurn`: when it is woken, and four times a second.
final class TurnThread: Sendable {
  /// Seconds between two turns when nothing happens.
  private static let rest = 0.25

  /// Beats once a turn.
  let heartbeat = Heartbeat()
  private let wakePipe: WakePipe
  private let isEnding = Atomic<Bool>(false)
  private let isStopping = Atomic<Bool>(false)
  private let worker = WorkerThread()

  /// Starts the thread.
  ///
  /// - Parameter wakePipe: wakes the thread.
  /// - Parameter make: makes the turns, on their thread.
  init(wakePipe: WakePipe, make: @escaping @Sendable () -> DaemonTurn) {
    self.wakePipe = wakePipe
    worker.start("turn") { [self] in
      var turn = make()
      while !isStopping.load(ordering: .relaxed) {
        wakePipe.wait(seconds: Self.rest)
        turn.turn(isEnding: isEnding.load(ordering: .relaxed))
        heartbeat.beat()
      }
      turn.turn(isEnding: true)
    }
  }

  /// From now on only the dialogue is passed on: that parts are missing is no news while all are ended. Any thread.
  func quieten() { isEnding.store(true, ordering: .relaxed) }

  /// Passes on what is left of the dialogue, ends the thread and waits for it; to be called once.
  func stop() {
    isStopping.store(true, ordering: .relaxed)
    wakePipe.wake()
    worker.join()
  }
}
