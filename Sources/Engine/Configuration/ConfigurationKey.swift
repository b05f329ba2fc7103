// The names that the configuration file knows: one table for reading, for the default text and for reading again.

import Foundation

/// A key of the configuration file.
struct ConfigurationKey: Sendable {
  /// What has to obey when a key changes.
  enum Part: CaseIterable, Hashable, Sendable {
    case answer, controllers, keyboards, wiring, osc, record, log
    /// What is only read at the start.
    case start
  }

  /// The name in brackets above it.
  let table: String
  let name: String
  /// What it does and which values it takes, in lines of at most 100 characters.
  let comment: [String]
  let part: Part
  /// What it is called in a sentence.
  let noun: String
  /// Takes a value in.
  let read: @Sendable (TOMLItem, inout Configuration) throws(BadValue) -> Void
  /// The value as TOML; nil when it is not set.
  let text: @Sendable (Configuration) -> String?

  /// A value that a key cannot take.
  struct BadValue: Error, Equatable {
    /// One sentence with the remedy.
    var message: String
  }

  /// All keys, in the order of the default text. The settings of the answer come from their own table.
  static let all: [ConfigurationKey] = audio + keyboards + sound + answer + listen + models + osc + record + log

  /// The tables in their order, `controllers` included, whose keys are the settings' names.
  static let tables = [
    "audio", "keyboards", "sound", "answer", "listen", "models", "controllers", "osc", "record", "log",
  ]

  /// The name of the table whose keys are settings and whose values are controllers.
  static let controllers = "controllers"

  /// The key of that name.
  static func named(_ name: String, in table: String) -> ConfigurationKey? {
    all.first { $0.table == table && $0.name == name }
  }

  /// A part of a sentence: "temperature is 1.2".
  func phrase(_ configuration: Configuration) -> String {
    guard let text = text(configuration) else { return "\(noun) is as the style has it" }
    let word = ["true": "on", "false": "off"][text] ?? text.replacingOccurrences(of: "\"", with: "")
    return "\(noun) is \(word.isEmpty ? "the usual one" : word)"
  }
}
