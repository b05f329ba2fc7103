// A configuration file that cannot be used.

/// Why the configuration file is not obeyed.
public enum ConfigurationError: Error, Hashable, CustomStringConvertible {
  /// What is wrong in it; at least one problem.
  case problems(path: String, [ConfigurationProblem])
  /// The file that was named is not there.
  case missing(path: String)

  /// One sentence: the first problem, and how many there are.
  public var description: String {
    switch self {
    case .problems(let path, let problems):
      let first = problems.first ?? ConfigurationProblem(line: nil, message: "it cannot be used.")
      let more = problems.count - 1
      let place = first.line.map { " in line \($0)" } ?? ""
      let rest = more < 1 ? "" : " (\(more) more problem\(more == 1 ? "" : "s"): antiphon config check)"
      return "The configuration \(path) is wrong\(place): \(first.message)\(rest)"
    case .missing(let path):
      return "There is no configuration file \(path); antiphon config default prints one. Or leave --config out."
    }
  }
}
