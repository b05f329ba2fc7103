// What was wrong with a sound file that could be read all the same.

/// A defect that did not stop the reading. `description` is one sentence that names the file.
public enum SoundFileWarning: Hashable, Sendable, CustomStringConvertible {
  /// The file ends before its header says so; what is there was read.
  case truncated(path: String, seconds: Double)
  /// So many samples (of single channels) were NaN, infinite or absurdly large, and were read as zero.
  case replacedSamples(path: String, count: Int)

  public var description: String {
    switch self {
    case .truncated(let path, let seconds):
      "\(path): the file is cut off or damaged; the \((seconds * 10).rounded() / 10) s that can be read were used."
    case .replacedSamples(let path, let count):
      "\(path): \(count) sample\(count == 1 ? " was" : "s were") no usable number (NaN or infinite) "
        + "and \(count == 1 ? "was" : "were") read as silence."
    }
  }
}
