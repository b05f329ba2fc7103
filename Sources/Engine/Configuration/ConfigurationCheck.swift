// Whether a configuration file can be used: what antiphon config check says.

/// The findings about a file.
public struct ConfigurationCheck: Codable, Equatable, Sendable {
  /// The file.
  public let path: String
  /// Whether there is one.
  public let exists: Bool
  /// What is wrong, in the order of the lines.
  public let problems: [ConfigurationProblem]

  /// Checks a file, the styles, models and SoundFont included that it names.
  ///
  /// - Parameter file: the file.
  /// - Parameter styles: the styles that there are.
  public init(_ file: ConfigurationFile, styles: StyleStore = StyleStore()) {
    path = file.path ?? ConfigurationFile.name
    var exists = file.exists
    do throws(ConfigurationError) {
      problems = try file.checked(styles)?.problems ?? []
    } catch {
      switch error {
      case .problems(_, let found): problems = found
      case .missing:
        exists = false
        problems = [ConfigurationProblem(line: nil, message: "There is no such file; check the path.")]
      }
    }
    self.exists = exists
  }

  /// Whether a daemon would obey it.
  public var isFine: Bool { problems.isEmpty }

  /// What a person reads, a line each.
  public var lines: [String] {
    if !isFine { return problems.map { $0.text(path: path) } }
    if exists { return ["\(path) is fine."] }
    return ["There is no \(path); antiphond uses the defaults. antiphon config default prints them."]
  }
}
