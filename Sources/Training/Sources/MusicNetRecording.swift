// The labels that belong to a recording of MusicNet.
public import Foundation

/// MusicNet keeps recordings and labels of one number in folders side by side: `train_data/1727.wav` and
/// `train_labels/1727.csv`, and the same for the test part.
public enum MusicNetRecording {
  /// The label file of a recording; nil when there is none.
  public static func labels(of sound: URL) -> URL? {
    let folder = sound.deletingLastPathComponent()
    let name = folder.lastPathComponent.replacing("_data", with: "_labels")
    let labels = folder.deletingLastPathComponent().appending(path: name)
      .appending(path: sound.deletingPathExtension().lastPathComponent + ".csv")
    return FileManager.default.fileExists(atPath: labels.path) ? labels : nil
  }
}
