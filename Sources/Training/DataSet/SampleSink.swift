// Where finished samples go, one after the other.
import Foundation

/// An output format. Samples come in the order of their indexes; nothing stands under the final name before `finish`.
protocol SampleSink: AnyObject {
  /// - Parameter features: the sample as it is stored, [steps, 3, 12].
  func write(_ example: Example, features: [Float16]) throws
  func finish() throws
}

/// A hidden name beside a file, for output that is not complete yet.
func partialURL(for url: URL) -> URL {
  let process = ProcessInfo.processInfo.processIdentifier
  return url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).\(process).part")
}
