// The knobs of the answer.

/// Everything a player can set about the answer, with the values of the style "balanced" as defaults.
///
/// A change acts on the next note that is drawn. Numbers are set by name through `set(name:value:)`, which checks them;
/// the table of names and ranges is `parameters`.
public struct AnswerSettings: Hashable, Sendable {
  /// Characters of a setting's text that whoever reads it from outside keeps: two names of patterns have room.
  public static let longestText = 200

  /// How adventurous the choice is: below 1 the likely gets likelier, above 1 the unlikely gets its chance.
  public var temperature = 1.0
  /// Share of the probability from which a choice is drawn: the likeliest choices that together reach it.
  public var nucleus = 0.95
  /// Notes for each beat, compared with what the model would play by itself.
  public var density = 1.0
  /// Length of the answer, compared with the phrase.
  public var length = 1.0
  /// Semitones by which the answer lies above the phrase.
  public var register = 0
  /// Loudness, compared with the phrase.
  public var velocity = 1.0
  /// General MIDI program of the answer, 0...127.
  public var program = 0
  /// How much the memory of this player's notes enters; 0.5 is the share that predicts best.
  public var memory = 0.5
  /// How closely the answer follows the phrase's rhythm and contour.
  public var mirror = 0.3
  /// Strength of the guard against repeated pitches and figures.
  public var repetition = 0.5
  /// Bars after which player and answer take turns, or nil to answer at once. Needs a tempo from outside.
  public var bars: Int?
  /// Whether the player's own notes sound as well.
  public var thru = true
  /// The place between the two patterns of the rule "morph": 0 is the first, 1 the second.
  public var morph = 0.0
  /// How strictly the answer keeps to a scale.
  public var scaleRule = ScaleRule.follow
  /// Whether phrases are answered, accompanied or only heard.
  public var mode = AnswerMode.answer

  /// The settings of the style "balanced".
  public init() {}

  /// Sets the number called `name`.
  ///
  /// - Throws: `SettingError` when no number has that name or `value` lies outside its range.
  public mutating func set(name: String, value: Double) throws(SettingError) {
    let parameter = try Parameter.named(name)
    guard value.isFinite, parameter.range.contains(value) else {
      throw .value(parameter: parameter, text: "\(value)")
    }
    parameter.set(&self, value)
  }

  /// Sets the setting called `name` from text: a number, or for "scale" and "mode" their word.
  ///
  /// - Throws: `SettingError` when no setting has that name or the text is none of its values.
  public mutating func set(name: String, text: String) throws(SettingError) {
    switch name.lowercased() {
    case "scale": scaleRule = try ScaleRule(reading: text)
    case "mode":
      guard let mode = AnswerMode(rawValue: text.lowercased()) else { throw .mode(text) }
      self.mode = mode
    case let key:
      let parameter = try Parameter.named(key)
      let word = text.trimmingSpaces()
      let truth: Double? = parameter.isSwitch ? ["on": 1, "true": 1, "off": 0, "false": 0][word.lowercased()] : nil
      guard let value = truth ?? Double(word) else { throw .value(parameter: parameter, text: text) }
      try set(name: key, value: value)
    }
  }

  /// The number called `name`.
  ///
  /// - Throws: `SettingError` when no number has that name.
  public func value(name: String) throws(SettingError) -> Double {
    try Parameter.named(name).get(self)
  }
}

extension String {
  fileprivate func trimmingSpaces() -> String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
