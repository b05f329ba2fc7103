// Repeats the seeds and puts their figures beside ours.
public import Foundation

/// What "antiphon-train seeds" prints. For one thread.
public struct SeedComparison {
  /// The tables in the order of the projects asked for.
  public private(set) var tables: [SeedTable] = []

  /// Repeats projects one after the other.
  ///
  /// - Parameters:
  ///   - data: a file of prepared notes with the staves of pianos; `chromalite` needs none.
  ///   - progress: called now and then with what is being done; true interrupts.
  /// - Throws: `TrainingError`, `TorchError`, or the error of a file that cannot be read.
  public init(
    _ projects: [SeedProject], data: URL?, options: SeedOptions, progress: @escaping (String) -> Bool
  ) throws {
    try options.validate()
    let isInterrupted: (String) throws -> Void = { text in
      if progress(text) { throw TrainingError("Interrupted; nothing was written.") }
    }
    var music: SeedMusic?
    for project in projects where project != .chromaLite && music == nil {
      guard let data else {
        throw TrainingError(
          "\(project.rawValue) needs music; give the file that \"antiphon-train notes prepare\" wrote with --data.")
      }
      music = try SeedMusic(PreparedNotes(contentsOf: data), limit: options.isQuick ? 6 : nil)
    }
    for project in projects {
      switch (project, music) {
      case (.chromaLite, _): tables.append(try ScaleSeed.table(options, progress: isInterrupted))
      case (.neuralTunes, let music?): tables.append(try NeuralTunesSeed(music, options, isInterrupted).table())
      case (.musicNet, let music?): tables.append(try MusicNetSeed(music, options, isInterrupted).table())
      case (_, nil): continue
      }
    }
  }

  /// All tables for a reader.
  public var text: String { tables.map(\.text).joined(separator: "\n") }

  /// All tables as one JSON list.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(tables), as: UTF8.self)
  }
}
