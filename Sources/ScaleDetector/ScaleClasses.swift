// Which scales an answer may name.

/// The set of answers: every family on every tonic, or the 24 major and minor keys.
public enum ScaleClasses: String, Sendable, CaseIterable {
  /// All families that the model knows.
  case all
  /// Major and natural minor alone: the projection in which every family counts for the one whose third it has.
  case majorMinor = "24"
}
