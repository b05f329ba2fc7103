// What a command says beside its results.
import Foundation

/// Lines on standard error.
enum StandardError {
  /// Writes a line.
  static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
