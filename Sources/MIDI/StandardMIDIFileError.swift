// Why a Standard MIDI File cannot be read.

/// What is wrong with a Standard MIDI File, and where; `description` is one sentence for a person.
public struct StandardMIDIFileError: Error, Hashable, Sendable {
  /// The kinds of damage. Offsets count bytes from the start of the file.
  public enum Problem: Hashable, Sendable {
    /// The file does not open or cannot be read; the system's reason.
    case unreadable(reason: String)
    /// The file has more bytes than are read.
    case tooLarge(bytes: Int)
    /// The first bytes are not those of a Standard MIDI File.
    case notMIDI
    /// The file ends in the middle of something.
    case truncated(offset: Int)
    /// The header names a format other than 0, 1 and 2.
    case unknownFormat(Int)
    /// The header's division of time means nothing.
    case unknownDivision(Int)
    /// A length or a delta time takes more than four bytes.
    case numberTooLong(offset: Int)
    /// A byte that cannot stand here.
    case unexpectedByte(UInt8, offset: Int)
  }

  /// What is wrong.
  public let problem: Problem
  /// The name of the file, when it was read from one.
  public var file: String?

  init(_ problem: Problem, file: String? = nil) {
    self.problem = problem
    self.file = file
  }
}

extension StandardMIDIFileError: CustomStringConvertible {
  /// One sentence that names the file, says what is wrong and what to do.
  public var description: String {
    let name = file ?? "the MIDI data"
    switch problem {
    case .unreadable(let reason):
      return "cannot read \(name): \(reason)"
    case .tooLarge(let bytes):
      let (size, limit) = (bytes >> 20, StandardMIDIFile.largestSize >> 20)
      return "\(name) has \(size) MiB, and MIDI files of up to \(limit) MiB are read; split it"
    case .notMIDI:
      return "\(name) is not a Standard MIDI File (it does not begin with \"MThd\"); give a .mid file"
    case .truncated(let offset):
      return "\(name) ends too early, at byte \(offset); the file is damaged, export or copy it again"
    case .unknownFormat(let format):
      return "\(name) has format \(format), and only 0, 1 and 2 exist; export it again as format 0 or 1"
    case .unknownDivision(let division):
      return "\(name) divides time by \(division), which is no known division; export it again"
    case .numberTooLong(let offset):
      return "\(name) has a number of more than four bytes at byte \(offset); the file is damaged, export it again"
    case .unexpectedByte(let byte, let offset):
      return "\(name) has an unexpected byte \(byte) at byte \(offset); the file is damaged, export it again"
    }
  }
}
