// Writes the sound of samples with a known key as WAV files, for other programs to be measured on.
import AudioFile
import Foundation
import Music

/// The `.wav` form of a data set: folders "clean" and "hard" of files NNNNNNNN.wav, each with a labels.csv of file,
/// tonic (0...11), mode ("major" or "minor") and kind. Only real pieces in a major or minor key are written, since that
/// is what key detectors can be asked.
final class SoundWriter: SampleSink {
  private let folder: URL
  private let partial: URL
  private var tables: [Example.Condition: String] = [:]
  private var isFinished = false

  init(to folder: URL) throws {
    self.folder = folder
    partial = partialURL(for: folder)
    guard !FileManager.default.fileExists(atPath: folder.path) else {
      throw DataSetError.unwritable(path: folder.path, reason: "the folder exists already and is not overwritten")
    }
    for url in [partial] + Example.Condition.allCases.map({ partial.appending(path: "\($0)") }) {
      guard mkdir(url.path, 0o755) == 0 else {
        throw DataSetError.unwritable(path: folder.path, reason: String(cString: strerror(errno)))
      }
    }
    for condition in Example.Condition.allCases { tables[condition] = "file,tonic,mode,kind\n" }
  }

  deinit {
    if !isFinished { try? FileManager.default.removeItem(at: partial) }
  }

  func write(_ example: Example, features: [Float16]) throws {
    guard let sound = example.sound, example.kind == .folk || example.kind == .lieder,
      let mode = Self.mode(example.families)
    else { return }
    let name = String(format: "%08d.wav", example.index)
    let path = partial.appending(path: "\(example.condition)").appending(path: name).path
    try SoundFileWriter.write(sound, rate: Renderer.sampleRate, to: path)
    tables[example.condition, default: ""] += "\(name),\(example.tonic),\(mode),\(example.kind)\n"
  }

  func finish() throws {
    do {
      for (condition, table) in tables {
        try Data(table.utf8).write(to: partial.appending(path: "\(condition)").appending(path: "labels.csv"))
      }
    } catch {
      throw DataSetError.unwritable(path: folder.path, reason: "no space, or the disk failed")
    }
    guard rename(partial.path, folder.path) == 0 else {
      throw DataSetError.unwritable(path: folder.path, reason: String(cString: strerror(errno)))
    }
    isFinished = true
  }

  /// The mode of a set of families that a key detector can name; nil for dorian and the like.
  private static func mode(_ families: Int) -> String? {
    if families & Example.mask([.major]) != 0 { return "major" }
    return families & Example.mask([.naturalMinor]) != 0 ? "minor" : nil
  }
}
