// Which kind of model lies in a file.

public import Foundation
import Neural

extension NoteModelKind {
  /// Whether a file is of the kind that answers live, told no condition; false also for what is no model.
  public static func isLive(_ url: URL) -> Bool {
    let file = try? SafetensorsFile(contentsOf: url, remedy: "Copy the file anew")
    return file?.metadata["architecture"] == NoteModelFile.architecture
  }
}
