// What can be wrong with styles, each as one sentence with its remedy.

import Improviser
import Music

/// A style that is not there or cannot be used.
public enum StyleError: Error, Hashable, CustomStringConvertible {
  /// No style has that name.
  case unknown(String, known: [String])
  /// The file cannot be read.
  case unreadable(path: String, reason: String)
  /// A line of the file is wrong.
  case line(path: String, line: Int, column: Int?, reason: String)

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .unknown(let name, let known):
      let near = NearNames.nearest(to: name, among: known)
      let all = "there are \(known.joined(separator: ", "))."
      let advice = near.isEmpty ? all : "did you mean \(near.joined(separator: " or "))?"
      return "There is no style \"\(name)\": \(advice)"
    case .unreadable(let path, let reason):
      return "The style \(path) cannot be read (\(reason)); correct the file or remove it."
    case .line(let path, let line, let column, let reason):
      let place = column.map { ", column \($0)" } ?? ""
      return "The style \(path) is wrong in line \(line)\(place): \(reason)"
    }
  }
}
