// What can be wrong with a SoundFont or with the search for one, each said in one sentence.

/// A SoundFont that cannot be used, or cannot be found.
public enum SoundFontError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is nothing at this path.
  case missing(path: String)
  /// There is something, but not a regular file (a folder, a device, a socket).
  case notRegularFile(path: String)
  /// The operating system refused to read the file; `reason` is its own word.
  case unreadable(path: String, reason: String)
  /// The file is not a RIFF file of form `sfbk`.
  case notSoundFont(path: String)
  /// The file is shorter than its own header promises; sizes in bytes.
  case truncated(path: String, expected: Int, actual: Int)
  /// The file's structure is damaged; `reason` names the place.
  case damaged(path: String, reason: String)
  /// The SoundFont's version is neither 2 nor 3.
  case unsupportedVersion(path: String, version: Int)
  /// No SoundFont in any of the places searched, in this order.
  case notFound(searched: [String])

  public var description: String {
    switch self {
    case .missing(let path):
      "SoundFont \(path) does not exist; check the path."
    case .notRegularFile(let path):
      "SoundFont \(path) is not a regular file; give the path of an .sf2 or .sf3 file."
    case .unreadable(let path, let reason):
      "SoundFont \(path) cannot be read (\(reason)); check its permissions."
    case .notSoundFont(let path):
      "\(path) is not a SoundFont (it has no RIFF sfbk header); give an .sf2 or .sf3 file."
    case .truncated(let path, let expected, let actual):
      "SoundFont \(path) is cut short (\(actual) bytes of \(expected)); copy or download it again."
    case .damaged(let path, let reason):
      "SoundFont \(path) is damaged (\(reason)); copy or download it again."
    case .unsupportedVersion(let path, let version):
      "SoundFont \(path) has format version \(version), and only 2 (.sf2) and 3 (.sf3) can be played; convert it."
    case .notFound(let searched):
      "No SoundFont found in \(searched.joined(separator: ", ")); "
        + "install one (Debian: apt install fluid-soundfont-gm) or name one with --soundfont."
    }
  }
}
