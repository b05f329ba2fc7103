// Why a model or data file cannot be read or written: the file, what is wrong with it, and what to do.

/// A file of tensors that cannot be used. `description` is one sentence for the user and one remedy.
public struct ModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of fault it is, for callers that act on it.
  public enum Kind: String, Sendable {
    /// The file is missing, is no regular file, or the system refuses to read it.
    case unreadable
    /// The file ends before its contents do, or is longer than its header says.
    case truncated
    /// The header is no safetensors header: length, JSON, offsets, shapes or overlaps.
    case malformed
    /// A readable file that holds something else: wrong architecture, version, element type or class names.
    case unsupported
    /// A tensor is missing, unexpected or has another shape than the architecture needs.
    case shape
    /// A weight is not a number or infinite.
    case notFinite
    /// The contents differ from the checksum that they were written with.
    case corrupt
    /// The file cannot be written (full disk, no permission, wrong amount of data).
    case unwritable
  }

  public let kind: Kind
  /// The path as the user gave it.
  public let file: String
  /// What is wrong, as the rest of the sentence that begins with the file's name.
  public let problem: String
  /// What to do about it, a whole sentence without its full stop.
  public let remedy: String

  public init(_ kind: Kind, file: String, problem: String, remedy: String) {
    self.kind = kind
    self.file = file
    self.problem = problem
    self.remedy = remedy
  }

  public var description: String { "\(file) \(problem). \(remedy)." }
}
