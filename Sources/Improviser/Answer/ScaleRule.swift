// How strictly the answer keeps to a scale.

public import Music

/// The rule by which notes outside a scale are held back.
public enum ScaleRule: Hashable, Sendable {
  /// Keep to the detected scale, the more strictly the more certain it is.
  case follow
  /// Play no note outside this scale.
  case lock(Scale)
  /// Leave the choice of notes to the model.
  case off
}

extension ScaleRule: CustomStringConvertible {
  /// The rule as it is written in presets and commands: "follow", "off" or the name of the scale, "D dorian".
  public var description: String {
    switch self {
    case .follow: "follow"
    case .lock(let scale): scale.name
    case .off: "off"
    }
  }

  /// Reads "follow", "off" or the name of a scale, with or without "lock" before it.
  ///
  /// - Returns: nil for any other text.
  public init?(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    switch words.map({ $0.lowercased() }) {
    case ["follow"]: self = .follow
    case ["off"]: self = .off
    default:
      let name = words.first?.lowercased() == "lock" ? words.dropFirst() : words[...]
      guard let scale = Scale(name: name.joined(separator: " ")) else { return nil }
      self = .lock(scale)
    }
  }
}
