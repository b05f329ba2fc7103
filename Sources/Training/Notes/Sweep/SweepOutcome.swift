// What one training of a sweep came to.

/// The figures of a combination, from all its passes, those before an interruption included.
struct SweepOutcome: Codable, Equatable, Sendable {
  var parameters: Int
  /// Bits a note on the validation part by pass.
  var validation: [Double]
  /// Bits a note on the training part by pass, with dropout and variations.
  var training: [Double]
  /// Notes a second in training, by pass.
  var speeds: [Double]
  /// Seconds that the training took, over all its parts.
  var seconds: Double

  /// The pass with the fewest validation bits, from 0.
  private var best: Int? { validation.indices.min { validation[$0] < validation[$1] } }

  /// The fewest validation bits; infinite before the first pass.
  var bestValidation: Double { best.map { validation[$0] } ?? .infinity }
  /// The training bits of that pass.
  var bestTraining: Double { best.map { training.indices.contains($0) ? training[$0] : .infinity } ?? .infinity }
  /// That pass, from 1.
  var bestPass: Int { best.map { $0 + 1 } ?? 0 }
  /// Mean speed.
  var notesASecond: Double { speeds.isEmpty ? 0 : speeds.reduce(0, +) / Double(speeds.count) }
}
