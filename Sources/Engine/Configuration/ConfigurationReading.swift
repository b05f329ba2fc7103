// From the text of a configuration file to what it says and what is wrong with it.

import Foundation
import Improviser
import Music

/// What a text says, and every problem in it. Whatever the bytes are, reading ends and never traps.
public struct ConfigurationReading: Sendable {
  /// A larger file is no configuration, in bytes.
  public static let largestFile = 65_536
  /// Further problems are not looked for.
  static let mostProblems = 50

  /// What the text says; to be used only when there are no problems.
  public private(set) var configuration = Configuration()
  /// What is wrong, in the order of the lines.
  public private(set) var problems: [ConfigurationProblem] = []
  private var places: TOMLText?

  /// Reads `text`.
  public init(text: String) {
    do throws(TOMLText.Problem) {
      let file = try TOMLText(text)
      places = file
      for (name, item) in ordered(file.contents, in: []) { readTable(name, item) }
    } catch {
      problems = [ConfigurationProblem(line: error.line, message: "column \(error.column): \(error.reason)")]
    }
    problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// The line on which a key stands; nil when it is not in the text.
  func line(of key: String, in table: String) -> Int? {
    guard case .table(let contents) = places?.contents[table], contents[key] != nil else { return nil }
    return places?.line(of: [table, key])
  }

  /// Notes what is wrong with something that the text names, such as a file that is not there.
  mutating func add(_ message: String, key: String, in table: String) {
    problems.append(ConfigurationProblem(line: line(of: key, in: table), message: message))
    problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// Puts something else in place of what the text says.
  mutating func use(_ configuration: Configuration) { self.configuration = configuration }

  private mutating func complain(_ message: String, _ path: [String]) {
    guard problems.count < Self.mostProblems else { return }
    problems.append(ConfigurationProblem(line: places?.line(of: path), message: message))
  }

  /// The keys of a table in the order of the lines.
  private func ordered(_ contents: [String: TOMLItem], in table: [String]) -> [(key: String, value: TOMLItem)] {
    let line = { (key: String) in (places?.line(of: table + [key]) ?? 0, key) }
    return contents.map { (line($0.key), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private mutating func readTable(_ name: String, _ item: TOMLItem) {
    guard problems.count < Self.mostProblems else { return }
    guard ConfigurationKey.tables.contains(name) else {
      let near = NearNames.nearest(to: name, among: ConfigurationKey.tables).map { "[\($0)]" }
      let home = ConfigurationKey.all.first { $0.name == name }.map { "; it belongs under [\($0.table)]." }
      let known = "; use \(ConfigurationKey.list(ConfigurationKey.tables.map { "[\($0)]" }))."
      let advice = near.isEmpty ? home ?? known : "; did you mean \(near.joined(separator: " or "))?"
      return complain("Nothing is called \"\(name.prefix(60))\"\(advice)", [name])
    }
    guard case .table(let contents) = item else {
      return complain("\(name) cannot be \(item.shown); write [\(name)] on a line and its keys below.", [name])
    }
    for (key, item) in ordered(contents, in: [name]) {
      guard problems.count < Self.mostProblems else { return }
      if name == ConfigurationKey.controllers { readController(key, item) } else { read(key, item, in: name) }
    }
  }

  private mutating func read(_ name: String, _ item: TOMLItem, in table: String) {
    guard let key = ConfigurationKey.named(name, in: table) else {
      let known = ConfigurationKey.all.filter { $0.table == table }.map(\.name)
      let near = NearNames.nearest(to: name, among: known)
      let home = ConfigurationKey.all.first { $0.name == name }.map { "; it belongs under [\($0.table)]." }
      let advice = near.isEmpty
        ? home ?? "; use \(ConfigurationKey.list(known))." : "; did you mean \(near.joined(separator: " or "))?"
      return complain("[\(table)] has no \"\(name.prefix(60))\"\(advice)", [table, name])
    }
    do throws(ConfigurationKey.BadValue) {
      try key.read(item, &configuration)
    } catch {
      complain(error.message, [table, name])
    }
  }

  /// `temperature = 21`, or a list of controllers.
  private mutating func readController(_ name: String, _ item: TOMLItem) {
    let path = [ConfigurationKey.controllers, name]
    let target: String
    do throws(UnknownTarget) {
      target = try ControllerMap.target(named: name)
    } catch {
      return complain("\(error)", path)
    }
    let items = if case .list(let items) = item { items } else { [item] }
    for item in items.prefix(128) {
      guard case .integer(let controller) = item, (0...127).contains(controller) else {
        return complain("\(name) cannot follow \(item.shown); use the number of a controller, 0 to 127.", path)
      }
      if let other = configuration.controllers[controller], other != target {
        return complain("Controller \(controller) cannot change both \(other) and \(target); choose one.", path)
      }
      configuration.controllers[controller] = target
    }
  }
}
