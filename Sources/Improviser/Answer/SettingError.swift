// A setting that does not exist or cannot take a value, said in one sentence.

public import Music

/// A name or value that the settings of the answer refuse.
public enum SettingError: Error, Sendable, CustomStringConvertible {
  /// No setting has this name.
  case name(String)
  /// The value is no number or lies outside the parameter's range.
  case value(parameter: AnswerSettings.Parameter, text: String)
  /// The text is no rule for scales.
  case scale(String)
  /// The text is no name of a pattern of the Thesaurus.
  case pattern(PatternNameError)
  /// What stands before the name of a pattern is no tonic, or a second one.
  case tonic(String)
  /// After "morph" there are not the names of two patterns.
  case morphEnds(String)
  /// "morph:A:B:0.4" lacks a part or has one too many.
  case morphParts(String)
  /// The place between two patterns is no number from 0 to 1.
  case morphPlace(String)
  /// What the setting needs is not there; a sentence.
  case unavailable(String)
  /// The text is no mode.
  case mode(String)

  public var description: String {
    switch self {
    case .name(let name):
      let known = AnswerSettings.parameters.map(\.name) + ["scale", "mode"]
      let near = NearNames.nearest(to: name, among: known)
      let all = "use one of \(known.joined(separator: ", "))."
      let advice = near.isEmpty ? all : "did you mean \(near.joined(separator: " or "))?"
      return "There is no setting \"\(name.prefix(64))\"; " + advice
    case .value(let parameter, let text):
      if parameter.isSwitch { return "\(parameter.name) cannot be \"\(text)\"; use on or off." }
      let unit = parameter.unit.isEmpty ? "" : " " + parameter.unit
      let (low, high) = (parameter.written(parameter.range.lowerBound), parameter.written(parameter.range.upperBound))
      return "\(parameter.name) cannot be \"\(text)\"; use a number from \(low) to \(high)\(unit)."
    case .scale(let text):
      return "\"\(text)\" is no rule for scales; use follow, off, the name of a scale such as \"D dorian\" or of a "
        + "pattern such as \"D thesaurus:tritone/interpolation/1:3\"." + Self.nearScales(text)
    case .pattern(let error): return error.description
    case .tonic(let text):
      return PitchClass(name: text) == nil
        ? "\"\(text.prefix(64))\" is no note for a pattern to begin on; use one such as D or Eb."
        : "\"\(text)\" is one tonic too many; write one, before everything else."
    case .unavailable(let sentence): return sentence
    case .morphEnds(let text):
      let what = text.isEmpty ? "nothing" : "\"\(text.prefix(100))\""
      return "A morph needs two patterns, not \(what); write both names with a space between them, for example "
        + "\"morph tritone/interpolation/1:1 ditone/interpolation/1:1\"."
    case .morphParts(let text):
      return "\"\(text.prefix(100))\" is no morph; write two patterns and the place between them, for example "
        + "\"morph:tritone/interpolation/1:1:ditone/interpolation/1:1:0.4\"."
    case .morphPlace(let text):
      return "The place between two patterns cannot be \"\(text.prefix(64))\"; use a number from 0 to 1."
    case .mode(let text):
      return "\"\(text)\" is no mode; use \(AnswerMode.allCases.map(\.rawValue).joined(separator: ", "))."
    }
  }

  /// Asks whether a scale of a similar name was meant; empty where none is near.
  private static func nearScales(_ text: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    if words.first?.lowercased() == "lock" { words.removeFirst() }
    guard words.count > 1, PitchClass(name: words[0]) != nil else { return "" }
    let name = words.dropFirst().joined(separator: " ")
    let near = NearNames.nearest(to: name, among: ScaleFamily.allCases.map(\.displayName))
    return near.isEmpty ? "" : " Did you mean \(near.map { "\(words[0]) \($0)" }.joined(separator: " or "))?"
  }
}

extension AnswerSettings.Parameter {
  /// A value as it is shown: whole numbers without a point.
  public func written(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
  }
}
