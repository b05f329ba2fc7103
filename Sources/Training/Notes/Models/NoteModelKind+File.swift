// Which kind of model lies in a file.

public import Foundation
import Neural

extension NoteModelKind {
  /// The kind of the model in a file; nil for what is no note model.
  static func of(_ url: URL) -> NoteModelKind? {
    let file = try? SafetensorsFile(contentsOf: url, remedy: "Copy the file anew")
    guard let architecture = file?.metadata["architecture"] else { return nil }
    return architecture == NoteModelFile.architecture ? .lstm : NoteModelKind(rawValue: architecture)
  }

  /// Whether a file is of the kind that answers live, told no condition; false also for what is no model.
  public static func isLive(_ url: URL) -> Bool {
    let file = try? SafetensorsFile(contentsOf: url, remedy: "Copy the file anew")
    return file?.metadata["architecture"] == NoteModelFile.architecture
  }
}
