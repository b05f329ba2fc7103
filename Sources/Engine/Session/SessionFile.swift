// The settings of a session as a file.

import Control
import Foundation
import Glibc

/// Style, mode, scale rule and every setting as TOML: what a session manager has the daemon keep.
struct SessionFile: Equatable, Sendable {
  /// A file above this many bytes is none of ours.
  static let largestFile = 65_536
  /// These come first and in this order: a style sets what the others then change.
  private static let choices = ["style", "mode", "scale"]

  /// Where it stands.
  let path: String

  /// - Parameter session: the path that the session manager gave; the file is that with ".toml" at its end.
  init(session: String) {
    path = session + ".toml"
  }

  /// Writes the settings; what stood there before is replaced as a whole.
  func write(_ list: SettingsList) throws(OutputFileError) {
    try OutputFile.write(Data(Self.text(list).utf8), to: path)
  }

  /// What has to be asked of the daemon to have the settings again; nil when there is no file yet.
  func read() throws(SessionFileError) -> [Request]? {
    var information = stat()
    if lstat(path, &information) != 0, errno == ENOENT { return nil }
    let text = try SmallTextFile.read(path, limit: Self.largestFile) { SessionFileError.unreadable(path, reason: $0) }
    return try requests(text)
  }

  /// Reads the text of a file.
  func requests(_ text: String) throws(SessionFileError) -> [Request] {
    let file: TOMLText
    do throws(TOMLText.Problem) {
      file = try TOMLText(text)
    } catch {
      throw .line(path, line: error.line, reason: error.reason)
    }
    var values: [String: String] = [:]
    for (name, item) in file.contents {
      guard let word = item.word else {
        let reason = "\(name.prefix(40)) is \(item.shown); write a number, a word or true or false."
        throw .line(path, line: file.line(of: [name]), reason: reason)
      }
      values[name] = word
    }
    let choices = Self.choices.filter { values[$0] != nil }
    let others = values.keys.filter { !choices.contains($0) }.sorted()
    return (choices + others).map { name in .set(name: name, value: values[name] ?? "") }
  }

  /// The text of a file.
  static func text(_ list: SettingsList) -> String {
    var lines = ["# Antiphon's settings in this session."]
    for (name, value) in zip(choices, [list.style, list.mode, list.scaleRule]) {
      lines.append("\(name) = \(TOMLItem.quoted(value))")
    }
    for setting in list.settings {
      let value = setting.unit == "switch" ? "\(setting.value != 0)" : SettingText.text(setting.value)
      lines.append("\(setting.name) = \(value)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Carries the requests out; returns what was refused, as sentences.
  static func apply(_ requests: [Request], _ answer: (Request) -> Message) -> [String] {
    requests.compactMap { request in
      if case .failure(let failure) = answer(request) { failure.message } else { nil }
    }
  }
}

/// A session's file that can't be used.
enum SessionFileError: Error, Equatable, CustomStringConvertible {
  /// It can't be read; why.
  case unreadable(String, reason: String)
  /// A line can't be understood; why.
  case line(String, line: Int, reason: String)

  /// One sentence with the remedy.
  var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "The session's settings \(path) can't be read (\(reason)): remove the file to begin with the usual ones."
    case .line(let path, let line, let reason):
      "The session's settings \(path) are wrong in line \(line): \(reason)"
    }
  }
}
