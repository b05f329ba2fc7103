// The kinds of values that keys take, with what is said of others.

import Foundation
import Improviser
import Music

extension ConfigurationKey {
  typealias Place<Value> = WritableKeyPath<Configuration, Value> & Sendable

  /// A switch: true or false.
  static func flag(
    _ table: String, _ name: String, _ comment: [String], _ part: Part, noun: String,
    _ place: any Place<Bool>
  ) -> ConfigurationKey {
    ConfigurationKey(
      table: table, name: name, comment: comment, part: part, noun: noun,
      read: { (item, configuration) throws(BadValue) in
        guard case .flag(let isOn) = item else {
          throw BadValue(message: "\(name) cannot be \(item.shown); use true or false.")
        }
        configuration[keyPath: place] = isOn
      }, text: { $0[keyPath: place] ? "true" : "false" })
  }

  /// A path; the empty text means none.
  static func path(
    _ table: String, _ name: String, _ comment: [String], noun: String, _ place: any Place<String?>
  ) -> ConfigurationKey {
    ConfigurationKey(
      table: table, name: name, comment: comment, part: .start, noun: noun,
      read: { (item, configuration) throws(BadValue) in
        let path = (try word(item, name, "the path of a file") as NSString).expandingTildeInPath
        guard path.isEmpty || path.hasPrefix("/") else {
          throw BadValue(message: "\(name) cannot be \(item.shown); give the whole path, from / or ~ on.")
        }
        configuration[keyPath: place] = path.isEmpty ? nil : path
      }, text: { TOMLItem.quoted($0[keyPath: place] ?? "") })
  }

  /// One of a few words.
  static func choice<Value: CaseIterable & RawRepresentable<String> & Sendable>(
    _ table: String, _ name: String, _ comment: [String], _ part: Part, noun: String,
    _ words: @escaping @Sendable (Value) -> String, _ place: any Place<Value>
  ) -> ConfigurationKey {
    ConfigurationKey(
      table: table, name: name, comment: comment, part: part, noun: noun,
      read: { (item, configuration) throws(BadValue) in
        let text = item.word?.lowercased()
        guard let value = Value.allCases.first(where: { words($0) == text }) else {
          throw BadValue(message: "\(name) cannot be \(item.shown)\(advice(item, Value.allCases.map(words)))")
        }
        configuration[keyPath: place] = value
      }, text: { TOMLItem.quoted(words($0[keyPath: place])) })
  }

  /// The text of an item.
  static func word(_ item: TOMLItem, _ name: String, _ what: String) throws(BadValue) -> String {
    guard case .text(let text) = item else {
      throw BadValue(message: "\(name) cannot be \(item.shown); write \(what) in quotation marks.")
    }
    guard text.utf8.count <= 4096, !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
      throw BadValue(message: "\(name) holds too long a text or characters that cannot be printed; write \(what).")
    }
    return text
  }

  /// The texts of an item that is a list, or of one that is a text.
  static func words(_ item: TOMLItem, _ name: String, _ what: String) throws(BadValue) -> [String] {
    guard case .list(let items) = item else { return [try word(item, name, what)] }
    guard items.count <= 64 else { throw BadValue(message: "\(name) has \(items.count) values; give at most 64.") }
    var words: [String] = []
    for item in items { words.append(try word(item, name, what)) }
    return words
  }

  /// The end of a sentence: near names, else all of them.
  static func advice(_ item: TOMLItem, _ known: [String]) -> String {
    let near = NearNames.nearest(to: item.word ?? "", among: known)
    return near.isEmpty ? "; use \(list(known))." : "; did you mean \(near.joined(separator: " or "))?"
  }

  /// "a, b or c".
  static func list(_ words: [String], _ last: String = "or") -> String {
    guard let end = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + end
  }
}
