// Why music for training cannot be read.

/// What is wrong with a source of pieces; `description` is one sentence for a person.
public enum SourceError: Error, Hashable, Sendable {
  /// There is no such folder.
  case missingFolder(path: String)
  /// The folder holds no files of the kind expected.
  case emptyFolder(path: String, kind: String)
  /// A program that is needed is not installed.
  case missingProgram(name: String, package: String)
  /// A program did not do its work.
  case programFailed(name: String, reason: String)
  /// A file cannot be read.
  case unreadable(file: String, reason: String)
  /// A cache of pieces is damaged or of another version.
  case badCache(path: String, reason: String)
  /// There is no cache of pieces, and nothing to make it from.
  case missingCache(path: String)
  /// A cache of pieces cannot be written.
  case unwritableCache(path: String, reason: String)
}

extension SourceError: CustomStringConvertible {
  /// One sentence that names the thing, says what is wrong and what to do.
  public var description: String {
    switch self {
    case .missingFolder(let path):
      "there is no folder \(path); give the folder that holds the music"
    case .emptyFolder(let path, let kind):
      "the folder \(path) holds no \(kind) files; give the folder that holds the music"
    case .missingProgram(let name, let package):
      "the program \(name) is not installed; install the package \(package)"
    case .programFailed(let name, let reason):
      "the program \(name) failed: \(reason)"
    case .unreadable(let file, let reason):
      "cannot read \(file): \(reason)"
    case .badCache(let path, let reason):
      "the piece cache \(path) cannot be used (\(reason)); delete it and it is made again"
    case .missingCache(let path):
      "there is no piece cache \(path); name the music folders and it is made"
    case .unwritableCache(let path, let reason):
      "the piece cache \(path) cannot be written (\(reason)); check its folder and the free space"
    }
  }
}
