// A result as JSON.

public import Foundation
public import Music

/// What results.json holds.
public struct ResultDocument: Codable, Sendable {
  /// A pattern.
  public struct Pattern: Codable, Sendable {
    /// What names it in the score and the MIDI files.
    public var label: String
    /// Its name.
    public var name: String
    /// Its progression and operation.
    public var progression: Progression
    public var operation: PatternOperation
    /// Semitones from each principal tone to the notes that are added to it.
    public var offsets: [Int]
    /// MIDI pitches of the first cell, and of the ascent.
    public var cell, pitches: [Int]
    /// The latent vector.
    public var latent: [Float]
    /// What the decoder makes of the vector; not `name` where the pattern was given and comes back changed, or joins
    /// its neighbours.
    public var decoded: String
    /// Whether its notes are those of no pattern that trained the model.
    public var isNew: Bool
    /// See `LatentEntry`.
    public var changedNotes, changedNotesFromAbove: Int?
    /// Notes that differ from A, B…
    public var distances: [Int]?
    /// The divergence of the encoding from the prior in nats.
    public var divergence: Double?
  }

  /// The model that was asked.
  public struct Model: Codable, Equatable, Sendable {
    /// The name of its file.
    public var file: String
    /// The check sum in the file; it tells which training made it.
    public var checksum: String?
    /// Numbers in a latent vector.
    public var latent: Int

    /// Describes a model.
    public init(file: String, checksum: String?, latent: Int) {
      self.file = file
      self.checksum = checksum
      self.latent = latent
    }
  }

  /// The command's name, and the command as it was typed.
  public var kind, command: String
  /// The model.
  public var model: Model
  /// What random vectors were drawn with; the same seed gives them again.
  public var seed: UInt64
  /// The vectors as they were given or answered, random ones as "random".
  public var given: [String]
  /// The note on which the patterns begin.
  public var tonic: String
  /// The way from vector to vector.
  public var path: String?
  /// Patterns in a row of the grid.
  public var columns: Int?
  /// The patterns in order, row by row in a grid.
  public var patterns: [Pattern]
  /// Figures about all.
  public var figures: [String: Double]

  /// Describes a result.
  public init(
    _ result: LatentResult, tonic: PitchClass, given: [LatentVector], seed: UInt64, command: String, model: Model
  ) {
    kind = result.kind.rawValue
    self.command = command
    self.model = model
    self.seed = seed
    self.given = given.map { vector in
      switch vector.origin {
      case .numbers: vector.numbers.map { "\($0)" }.joined(separator: " ")
      case .random: "random"
      case .pattern(let pattern, _): pattern.name
      }
    }
    self.tonic = tonic.description
    path = result.path?.rawValue
    columns = result.columns
    figures = Dictionary(result.figures.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    patterns = result.entries.map { entry in
      let pattern = entry.point.pattern
      let start = pattern.start(on: tonic)
      return Pattern(
        label: entry.label, name: pattern.name, progression: pattern.progression, operation: pattern.operation,
        offsets: pattern.offsets, cell: pattern.cell.map { start + $0 }, pitches: pattern.ascent.map { start + $0 },
        latent: entry.point.numbers, decoded: entry.point.decoded.name, isNew: entry.isNovel,
        changedNotes: entry.changes, changedNotesFromAbove: entry.changesFromAbove,
        distances: entry.distances.isEmpty ? nil : entry.distances, divergence: entry.divergence)
    }
  }

  /// The text of the file.
  public func data() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
