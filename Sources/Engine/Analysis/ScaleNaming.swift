// How scales are written in results: with all families, or as major and minor keys.
public import Music

/// The vocabulary of an answer.
public enum ScaleNaming: Sendable {
  /// Every family by its own name: "natural_minor", "dorian".
  case families
  /// The 24 keys of music information retrieval: "major" and "minor".
  case keys

  /// The family as a program reads it; "none" when there is no scale.
  public func family(_ scale: Scale?) -> String {
    guard let scale else { return "none" }
    return self == .keys && scale.family == .naturalMinor ? "minor" : scale.family.rawValue
  }

  /// The scale as a musician reads it; "no scale" when there is none.
  public func name(_ scale: Scale?) -> String {
    guard let scale else { return "no scale" }
    let name = scale.name
    return self == .keys ? name.replacing("natural minor", with: "minor") : name
  }
}
