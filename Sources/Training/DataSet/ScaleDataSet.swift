// A data set of labelled chroma: sample number `index` depends on the seed and the index alone.
import Foundation
import Music

/// The samples of a data set. Immutable; each thread makes samples through a worker of its own.
public struct ScaleDataSet: Sendable {
  /// The preset that this set follows.
  public let preset: Preset
  /// Samples of the whole set.
  public let count: Int
  /// History steps that a stored sample has room for.
  public var steps: Int { preset == .seed ? DataSetShape.seedSteps : DataSetShape.steps }

  /// Songs are fewer than tunes and teach more of harmony: they come three times as often.
  private static let songWeight = 3

  let seed: UInt64
  let seedNoteLength: ClosedRange<Double>
  let pieces: [LabelledPiece]
  let plan: DataSetPlan
  let soundFonts: [URL]
  let negativeFiles: [URL]

  /// A set over `pieces`, which must come in the same order on every machine.
  ///
  /// - Throws: `DataSetError` when the options make no set or no piece is left for the preset.
  public init(options: Options, pieces: [LabelledPiece]) throws(DataSetError) {
    try options.check()
    preset = options.preset
    seed = options.seed
    seedNoteLength = options.seedNoteLength
    soundFonts = options.soundFonts
    self.pieces = pieces
    negativeFiles = try Self.soundFiles(in: options.negativesFolder)
    switch options.preset {
    case .seed:
      plan = .seed()
    case .full, .test:
      let splits = pieces.map { Split(group: $0.group) }
      let weights = pieces.map { $0.source == Lieder.source ? Self.songWeight : 1 }
      plan = .music(splits: splits, weights: weights, isTest: options.preset == .test, seed: options.seed)
      // A set without pieces is asked for by naming no music and a count.
      let wantsPieces = options.namesMusic || options.count == nil
      if wantsPieces && !plan.hasPieces { throw .noPieces(split: options.preset == .test ? "test" : "training") }
    }
    count = options.count ?? plan.defaultCount
  }

  /// The sound files of a folder by name; none without a folder.
  static func soundFiles(in folder: URL?) throws(DataSetError) -> [URL] {
    guard let folder else { return [] }
    let endings: Set = ["wav", "ogg", "flac", "aif", "aiff", "mp3", "opus"]
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      throw .unreadable(path: folder.path, reason: "no such folder, or no permission")
    }
    let files = names.sorted().map { folder.appending(path: $0) }.filter {
      endings.contains($0.pathExtension.lowercased())
    }
    guard !files.isEmpty else { throw .negatives(folder: folder.path) }
    return files
  }
}
