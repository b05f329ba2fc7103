// A latent vector and the pattern that it stands for.

public import Improviser
public import Music

/// One of the patterns that a command shows.
public struct LatentPoint: Sendable {
  /// The latent vector.
  public var numbers: [Float]
  /// The pattern that is shown: the one that was named or played or that joins two others, else what the decoder makes
  /// of the vector.
  public var pattern: ThesaurusPattern
  /// What the decoder makes of the vector.
  public var decoded: ThesaurusPattern
  /// "A"… for what was given; nil for what was found.
  public var letter: String?

  /// The point of a vector that was given, shown as the pattern that was named or played if one was.
  public init(_ vector: LatentVector, letter: String?, decoder: PatternDecoder) {
    self.init(numbers: vector.numbers, letter: letter, decoder: decoder)
    pattern = vector.pattern ?? decoded
  }

  /// The point of a vector that was found.
  public init(numbers: [Float], letter: String? = nil, decoder: PatternDecoder) {
    self.numbers = numbers
    self.letter = letter
    decoded = decoder.decode(numbers)
    pattern = decoded
  }

  /// A point that is shown as `pattern`.
  init(numbers: [Float], pattern: ThesaurusPattern, letter: String? = nil, decoder: PatternDecoder) {
    self.init(numbers: numbers, letter: letter, decoder: decoder)
    self.pattern = pattern
  }

  /// Whether the decoder gives the pattern that is shown.
  public var isExact: Bool { pattern == decoded }
}

extension ThesaurusPattern {
  /// The notes of the first cell on a tonic, "C E♭ F♯", named as the score of the ascent writes them.
  public func noteNames(on tonic: PitchClass) -> String {
    let written = PatternLine(PatternEntry(self, tonic: tonic), .up).written
    return written.flatMap { $0 }.prefix(cell.count).map(\.name).joined(separator: " ")
  }
}
