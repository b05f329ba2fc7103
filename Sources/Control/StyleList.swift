// The styles as the protocol writes them.

/// The reply to `styles`.
public struct StyleList: Codable, Equatable, Sendable {
  /// One style, or a file that should be one.
  public struct Style: Codable, Equatable, Sendable {
    /// The name for `style`.
    public var name: String
    /// What it is like, in a line.
    public var summary: String
    /// The file that it was read from.
    public var path: String
    /// Whether it is the player's own rather than a shipped one.
    public var isOwn: Bool
    /// Why it can't be used, as a sentence; nil when it can.
    public var problem: String?

    /// Describes a style.
    public init(name: String, summary: String, path: String, isOwn: Bool, problem: String? = nil) {
      self.name = name
      self.summary = summary
      self.path = path
      self.isOwn = isOwn
      self.problem = problem
    }
  }

  /// The style that was chosen last.
  public var current: String
  /// All styles by name.
  public var styles: [Style]

  /// Collects the styles.
  public init(current: String, styles: [Style]) {
    self.current = current
    self.styles = styles
  }
}
