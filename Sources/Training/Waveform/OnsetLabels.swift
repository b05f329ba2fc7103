// Note onsets from the labels of a recording.
public import Foundation

/// Reads the onsets of a MusicNet label file: comma-separated with a line of names, of which "start_time" counts
/// samples at 44.1 kHz (J. Thickstun et al., "Learning features of music from scratch", ICLR 2017).
public enum OnsetLabels {
  private static let rate = 44_100.0
  /// The largest file that is read, in bytes; MusicNet's own have at most half a megabyte.
  private static let largest = 64 << 20

  /// The onsets in ascending seconds.
  ///
  /// - Throws: `TrainingError`, one sentence.
  public static func onsets(_ url: URL) throws(TrainingError) -> [Double] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue else {
      throw TrainingError("\(url.path): there is no such label file; check the name.")
    }
    let size = (try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    guard size <= largest else {
      throw TrainingError("\(url.path): it has \(size >> 20) MiB, far more than any label file; check the name.")
    }
    guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8) else {
      throw TrainingError("\(url.path): the label file cannot be read as text; give a MusicNet .csv file.")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let names = (lines.first ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard let column = names.firstIndex(of: "start_time") else {
      throw TrainingError("\(url.path): it has no column \"start_time\"; give a label file in MusicNet's format.")
    }
    var onsets: [Double] = []
    for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard column < fields.count, let samples = Double(fields[column].trimmingCharacters(in: .whitespaces)),
        samples.isFinite, samples >= 0
      else {
        throw TrainingError(
          "\(url.path): line \(number + 1) has no number of samples as \"start_time\"; correct or remove the line.")
      }
      onsets.append(samples / rate)
    }
    guard !onsets.isEmpty else {
      throw TrainingError("\(url.path): it holds no notes; give the labels of this recording.")
    }
    return onsets.sorted()
  }
}
