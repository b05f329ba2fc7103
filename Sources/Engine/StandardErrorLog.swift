// Log lines on the standard error, with priorities when the journal reads them.

import Foundation
import Glibc
public import Logging

/// A swift-log handler: one line a message; `<N>` in front (sd-daemon(3)) when the standard error goes to the journal.
public struct StandardErrorLog: LogHandler {
  /// Kept, as swift-log asks of a handler, but not written.
  public var metadata: Logger.Metadata = [:]
  /// What is less important is not written; as the threshold says, unless it was set for this copy.
  public var logLevel: Logger.Level {
    get { ownLevel ?? threshold.level }
    set { ownLevel = newValue }
  }
  private let threshold: LogThreshold
  private var ownLevel: Logger.Level?
  private let isJournal: Bool

  /// - Parameter level: what is less important is not written.
  /// - Parameter isJournal: whether to write priorities; by default, if `$JOURNAL_STREAM` names the standard error.
  public init(level: Logger.Level, isJournal: Bool? = nil) {
    self.init(threshold: LogThreshold(level), isJournal: isJournal)
  }

  /// - Parameter threshold: what is less important is not written; it may change at any time.
  /// - Parameter isJournal: whether to write priorities; by default, if `$JOURNAL_STREAM` names the standard error.
  public init(threshold: LogThreshold, isJournal: Bool? = nil) {
    self.threshold = threshold
    self.isJournal = isJournal ?? Self.standardErrorIsJournal
  }

  /// One value of the metadata.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes a line.
  public func log(event: LogEvent) {
    let line = Self.line(event.message.description, level: event.level, isJournal: isJournal)
    // One write a line, so that lines of several threads don't mix; a closed standard error is no reason to end.
    let bytes = Array(line.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// The line for a message, its newline included.
  static func line(_ message: String, level: Logger.Level, isJournal: Bool) -> String {
    let text = message.replacingOccurrences(of: "\n", with: " ")
    let word = level >= .error ? "error: " : level == .warning ? "warning: " : ""
    return isJournal ? "<\(priority(level))>\(text)\n" : "antiphond: \(word)\(text)\n"
  }

  private static func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }

  private static var standardErrorIsJournal: Bool {
    guard let stream = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] else { return false }
    var information = stat()
    guard fstat(STDERR_FILENO, &information) == 0 else { return false }
    return stream == "\(information.st_dev):\(information.st_ino)"
  }
}
