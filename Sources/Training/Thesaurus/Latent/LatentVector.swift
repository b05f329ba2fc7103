// A latent vector as a command got it.

import Foundation
public import Music

/// The numbers of a latent vector, and what they were made from.
public struct LatentVector: Sendable {
  /// Where the numbers come from.
  public enum Origin: Equatable, Sendable {
    /// Written out.
    case numbers
    /// Drawn from the prior.
    case random
    /// A pattern's name, or a MIDI file at this path that plays it; the numbers are the mean of its encoding.
    case pattern(ThesaurusPattern, file: String?)
  }

  /// As many numbers as the model's latent vectors have.
  public var numbers: [Float]
  /// Where they come from.
  public var origin: Origin
  /// The tonic that was named or played; nil where there was none.
  public var tonic: PitchClass?

  /// A vector.
  public init(numbers: [Float], origin: Origin, tonic: PitchClass? = nil) {
    self.numbers = numbers
    self.origin = origin
    self.tonic = tonic
  }

  /// The pattern that was named or played; nil for numbers.
  public var pattern: ThesaurusPattern? {
    if case .pattern(let pattern, _) = origin { pattern } else { nil }
  }

  /// The MIDI file that was read.
  public var file: String? {
    if case .pattern(_, let file) = origin { file } else { nil }
  }

  /// The numbers with three decimals, as they can be typed again.
  public var text: String { Self.text(numbers) }

  /// Numbers as text, with spaces between them.
  static func text(_ numbers: [Float]) -> String {
    numbers.map { String(format: "%.3f", $0) }.joined(separator: " ")
  }
}
