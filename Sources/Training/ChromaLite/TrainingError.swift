// Why a training or an evaluation cannot go on.

/// A sentence for the user: what is wrong and what to do.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Makes an error with its sentence.
  public init(_ description: String) { self.description = description }
}
