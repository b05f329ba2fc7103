// What a child process writes, line by line with a name before each line.
import Foundation

/// A pipe whose lines appear on standard error with a prefix.
///
/// `@unchecked Sendable`: the thread that reads owns `readEnd`; `writeEnd` is closed before it starts.
final class PrefixedPipe: @unchecked Sendable {
  /// For the child.
  let writeEnd: Int32
  private let readEnd: Int32
  private let prefix: String
  private let isDone = DispatchSemaphore(value: 0)

  init(_ prefix: String) {
    self.prefix = prefix
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// Reads until the child has ended.
  func start() {
    close(writeEnd)
    Thread.detachNewThread { [self] in
      if let file = fdopen(readEnd, "r") {
        var line: UnsafeMutablePointer<CChar>?
        var room = 0
        while getline(&line, &room, file) > 0, let line {
          FileHandle.standardError.write(Data((prefix + String(cString: line)).utf8))
        }
        free(line)
        fclose(file)
      }
      isDone.signal()
    }
  }

  /// Waits for the last line.
  func finish() { isDone.wait() }
}
