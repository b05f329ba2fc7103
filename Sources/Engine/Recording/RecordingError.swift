// Why nothing can be recorded, with one sentence for the person who plays.

import Control

/// What keeps the recorder from its work. `description` names the thing, says what is wrong and what to do.
enum RecordingError: Error, Equatable, CustomStringConvertible {
  /// There is no home, so no place to keep files.
  case noFolder
  /// The folder cannot be made or used; the system's reason.
  case folder(String, reason: String)
  /// A file cannot be written; the system's reason.
  case file(String, reason: String)
  /// A file vanished while it was written.
  case removed(String)
  /// The folder holds as much as it may.
  case limit(bytes: Int, folder: String)
  /// The recorder is held up by a disk that does not answer.
  case busy(String)

  var description: String {
    switch self {
    case .noFolder:
      "Nothing can be recorded, for neither XDG_STATE_HOME nor HOME is set; set one and start antiphond again."
    case .folder(let path, let reason):
      "The folder \(path) for recordings cannot be used (\(reason)): recording has stopped; make it writable, "
        + "then antiphon record on."
    case .file(let path, let reason):
      "\(path) cannot be written (\(reason)): recording has stopped; check the folder and the free space, then "
        + "antiphon record on."
    case .removed(let path):
      "\(path) was removed while it was written: recording has stopped; antiphon record on begins a new one."
    case .limit(let bytes, let folder):
      "The recordings take \(ByteText.text(bytes)), the limit: recording has stopped; remove some from \(folder) or "
        + "raise record.limit."
    case .busy(let path):
      "The disk with \(path) has not answered for some seconds; ask again with antiphon record status."
    }
  }
}
