// Writes the sound of samples with a known key as WAV files, for other programs to be measured on.
import AudioFile
import Foundation
import Music

/// The `.wav` form of a data set: folders "clean" and "hard" of files NNNNNNNN.wav, each with a labels.csv of file,
/// tonic (0...11), mode ("major" or "minor") and kind. Only real pieces in a major or minor key are written, since that
/// is what key detectors can be asked.
final class SoundWriter: SampleSink {
  private let folder: UnfinishedFolder
  private var tables: [Example.Condition: String] = [:]

  init(to url: URL) throws {
    folder = try UnfinishedFolder(for: url)
    for condition in Example.Condition.allCases {
      try folder.makeFolder("\(condition)")
      tables[condition] = "file,tonic,mode,kind\n"
    }
  }

  func write(_ example: Example, features: [Float16]) throws {
    guard let sound = example.sound, example.kind == .folk || example.kind == .lieder,
      let mode = Self.mode(example.families)
    else { return }
    let name = String(format: "%08d.wav", example.index)
    let url = folder.url.appending(path: "\(example.condition)").appending(path: name)
    try folder.write { try SoundFileWriter.write(sound, rate: Renderer.sampleRate, to: url.path) }
    tables[example.condition, default: ""] += "\(name),\(example.tonic),\(mode),\(example.kind)\n"
  }

  func finish() throws {
    try folder.write {
      for (condition, table) in tables {
        try Data(table.utf8).write(to: folder.url.appending(path: "\(condition)").appending(path: "labels.csv"))
      }
    }
    try folder.finish()
  }

  /// The mode of a set of families that a key detector can name; nil for dorian and the like.
  private static func mode(_ families: Int) -> String? {
    if families & Example.mask([.major]) != 0 { return "major" }
    return families & Example.mask([.naturalMinor]) != 0 ? "minor" : nil
  }
}
