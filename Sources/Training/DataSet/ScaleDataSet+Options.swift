// What a data set is to hold and where it goes.
public import Foundation

extension ScaleDataSet {
  /// Which data set to make.
  public enum Preset: String, CaseIterable, Sendable {
    /// Training and validation: real pieces, improvisations and negatives.
    case full
    /// Pieces that training never sees, as they are, and test improvisations and negatives.
    case test
    /// The seed project's 24 scales of random notes.
    case seed
  }

  /// How samples are written.
  public enum Format: String, CaseIterable, Sendable {
    /// One file with all tensors.
    case safetensors
    /// One line a sample: label and mean chroma.
    case csv
    /// A folder with one file a sample, for `torch.load`.
    case pt
    /// A folder of sound files: the real pieces in major and minor keys, clean and hard, with their labels.
    case wav
  }

  /// A part of a data set: number `index` (from 1) of `count`, in the order of the samples' indexes.
  public struct Shard: Equatable, Sendable {
    /// Which part, from 1.
    public var index: Int
    /// How many parts there are.
    public var count: Int

    /// Makes a part; by default the whole.
    public init(index: Int = 1, count: Int = 1) {
      self.index = index
      self.count = count
    }

    /// The indexes of this shard out of `total` samples.
    func range(of total: Int) -> Range<Int> { total * (index - 1) / count..<total * index / count }
  }

  /// A request for a data set.
  public struct Options: Sendable {
    /// The kind of set.
    public var preset: Preset = .full
    /// Samples of the whole set (not of the shard); nil for the preset's own number.
    public var count: Int?
    /// Seed of everything random.
    public var seed: UInt64 = 1
    /// The part to make.
    public var shard = Shard()
    /// SoundFonts that samples draw from. The test set needs others than training had.
    public var soundFonts: [URL] = []
    /// Folder of ABC tunes; nil leaves that source out.
    public var folkFolder: URL?
    /// Folder of MusicXML songs; nil leaves that source out.
    public var liederFolder: URL?
    /// A file that keeps the labelled pieces between runs: read when it exists, else written.
    public var libraryCache: URL?
    /// A folder of sound files without a scale; half of the negatives come from it.
    public var negativesFolder: URL?
    /// The safetensors file; other formats lie beside it under the same name.
    public var output: URL
    /// How the samples are written, in one run.
    public var formats: Set<Format> = [.safetensors]
    /// Threads that render.
    public var threads = 2
    /// Seconds a note in the seed preset.
    public var seedNoteLength = SeedPreset.noteLength
    /// The command line, kept in the file's metadata.
    public var command = ""

    /// A request with the defaults.
    public init(output: URL) {
      self.output = output
    }

    /// True when some source of pieces is named.
    var namesMusic: Bool { folkFolder != nil || liederFolder != nil || libraryCache != nil }

    /// Where a format goes: the file that is named, and beside it files and folders of the same name.
    func outputURL(_ format: Format) -> URL {
      let base = output.deletingPathExtension()
      switch format {
      case .safetensors: return output
      case .csv: return base.appendingPathExtension("csv")
      case .pt, .wav:
        return base.deletingLastPathComponent().appending(path: "\(base.lastPathComponent)-\(format.rawValue)")
      }
    }

    func check() throws(DataSetError) {
      guard !soundFonts.isEmpty else { throw .noSoundFonts }
      guard shard.count >= 1, (1...shard.count).contains(shard.index) else {
        throw .badShard(index: shard.index, count: shard.count)
      }
      if let count, count < shard.count || count > 100_000_000 { throw .badCount(count) }
      let bounds = seedNoteLength
      guard bounds.lowerBound >= 0.05, bounds.upperBound <= SeedPreset.seconds else { throw .badNoteLength }
      guard !formats.isEmpty else { throw .noFormats }
      guard (1...1024).contains(threads) else { throw .badThreads(threads) }
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: output.path, isDirectory: &isFolder)
      if exists && isFolder.boolValue { throw .outputIsFolder(path: output.path) }
      if formats.isSuperset(of: [.safetensors, .csv]) && output == outputURL(.csv) {
        throw .sameOutput(path: output.path)
      }
    }
  }
}
