// The player's settings as the protocol writes them.

/// All settings: the reply to `settings` and to every command that changes one.
public struct SettingsList: Codable, Equatable, Sendable {
  /// One number or switch.
  public struct Setting: Codable, Equatable, Sendable {
    /// The name for `set`.
    public var name: String
    /// The value now; switches are 0 or 1.
    public var value: Double
    /// The least value that is allowed.
    public var minimum: Double
    /// The greatest value that is allowed.
    public var maximum: Double
    /// What the value counts, such as "semitones"; empty for plain factors, "switch" for switches.
    public var unit: String
    /// What it does, in a line.
    public var summary: String
    /// The MIDI controller that it follows, 0...127; nil when there is none.
    public var controller: Int?

    /// Describes a setting; the numbers are made finite.
    public init(
      name: String, value: Double, range: ClosedRange<Double>, unit: String, summary: String, controller: Int? = nil
    ) {
      self.name = name
      self.value = value.rounded(decimals: 6)
      minimum = range.lowerBound.rounded(decimals: 6)
      maximum = range.upperBound.rounded(decimals: 6)
      self.unit = unit
      self.summary = summary
      self.controller = controller
    }
  }

  /// The style that was chosen last; a setting may have been changed since.
  public var style: String
  /// Whether a setting was changed since the style was chosen.
  public var isChanged: Bool
  /// `answer`, `accompany` or `listen`.
  public var mode: String
  /// `follow`, `off`, "lock D dorian", "lock D thesaurus:tritone/interpolation/1:3", or "D morph A B" with the names of
  /// two patterns.
  public var scaleRule: String
  /// The numbers and switches.
  public var settings: [Setting]

  /// Collects the settings.
  public init(style: String, isChanged: Bool, mode: String, scaleRule: String, settings: [Setting]) {
    self.style = style
    self.isChanged = isChanged
    self.mode = mode
    self.scaleRule = scaleRule
    self.settings = settings
  }
}
