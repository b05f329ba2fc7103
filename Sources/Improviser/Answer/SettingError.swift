// A setting that does not exist or cannot take a value, said in one sentence.

import Music

/// A name or value that the settings of the answer refuse.
public enum SettingError: Error, Sendable, CustomStringConvertible {
  /// No setting has this name.
  case name(String)
  /// The value is no number or lies outside the parameter's range.
  case value(parameter: AnswerSettings.Parameter, text: String)
  /// The text is no rule for scales.
  case scale(String)
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
      return "\"\(text)\" is no rule for scales; use follow, off or the name of a scale such as \"D dorian\"."
    case .mode(let text):
      return "\"\(text)\" is no mode; use \(AnswerMode.allCases.map(\.rawValue).joined(separator: ", "))."
    }
  }
}

extension AnswerSettings.Parameter {
  /// A value as it is shown: whole numbers without a point.
  public func written(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
  }
}
