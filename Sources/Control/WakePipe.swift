// A pipe that wakes a thread out of poll(2).

import Glibc

/// Any thread (and a signal handler) may `wake`; one thread polls `readEnd` and calls `drain`.
/// Many wakes may become one.
public final class WakePipe: Sendable {
  /// To be polled for POLLIN.
  public let readEnd: Int32
  private let writeEnd: Int32

  /// Makes the pipe; nil when the process has no descriptors left.
  public init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Wakes the reader. Never blocks: a full pipe already means that it will wake.
  public func wake() {
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  /// Forgets the wakes that came so far.
  public func drain() {
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      while read(readEnd, buffer.baseAddress, buffer.count) > 0 {}
    }
  }

  /// Waits until a wake or the end of `seconds`; returns whether there was a wake, and forgets it.
  @discardableResult
  public func wait(seconds: Double) -> Bool {
    var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    let woken = poll(&entry, 1, Int32(max(0, min(seconds * 1000, 60_000)).rounded(.up))) > 0
    drain()
    return woken
  }
}
