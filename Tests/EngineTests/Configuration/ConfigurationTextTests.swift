// The default text says what the defaults are.

import Foundation
import Testing

@testable import Engine
@testable import Improviser

@Suite struct ConfigurationTextTests {
  /// The default text with every key in force.
  private var uncommented: String {
    ConfigurationText.standard.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.wholeMatch(of: /#[a-z-]+ = .*/) == nil ? String($0) : String($0.dropFirst()) }
      .joined(separator: "\n")
  }

  @Test func asItStandsItChangesNothing() {
    let reading = ConfigurationReading(text: ConfigurationText.standard)
    #expect(reading.problems == [] && reading.configuration == Configuration())
  }

  @Test func whatItShowsIsTheDefault() throws {
    let reading = ConfigurationReading(text: uncommented)
    #expect(reading.problems == [])
    #expect(reading.configuration == ConfigurationText.defaults)
    var said = reading.configuration
    #expect(try said.settings(.standard) == AnswerSettings())
    said.answer = Configuration().answer
    #expect(said == Configuration())
  }

  @Test func everyKeyStandsInItOnce() throws {
    let text = try TOMLText(uncommented)
    let found = text.contents.values.reduce(0) { if case .table(let table) = $1 { $0 + table.count } else { $0 } }
    #expect(found == ConfigurationKey.all.count)
    for key in ConfigurationKey.all {
      guard case .table(let table) = text.contents[key.table] else {
        Issue.record("[\(key.table)] is missing")
        continue
      }
      #expect(table[key.name] != nil, "\(key.name)")
    }
    let named = Set(ConfigurationKey.all.map(\.name))
    for parameter in AnswerSettings.parameters { #expect(named.contains(parameter.name)) }
  }

  @Test func linesAreShortAndPlain() {
    for line in ConfigurationText.standard.split(separator: "\n") {
      #expect(line.count <= 120, "\(line)")
      #expect(line.hasPrefix("#") || line.hasPrefix("["))
    }
  }
}
