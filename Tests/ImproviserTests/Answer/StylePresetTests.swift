// The shipped styles name every matter of taste, in range, and leave the choices of the moment to the player.

import Foundation
import Testing

@testable import Improviser

struct StylePresetTests {
  private static let styles = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../presets/styles").standardizedFileURL

  /// The settings of a style and the names that it sets. The files use only lines of the form name = value.
  private func settings(_ style: String) throws -> (settings: AnswerSettings, names: [String]) {
    let text = try String(contentsOf: Self.styles.appending(path: style + ".toml"), encoding: .utf8)
    var settings = AnswerSettings()
    var names: [String] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(parts.count == 2)
      try settings.set(name: parts[0], text: parts[1].trimmingCharacters(in: ["\""]))
      names.append(parts[0])
    }
    return (settings, names)
  }

  @Test(arguments: ["balanced", "creative", "structured"])
  func everyStyleSetsWhatIsAMatterOfTaste(style: String) throws {
    let names = try settings(style).names
    let choices: Set = ["program", "bars", "thru", "morph"]
    #expect(Set(names) == Set(AnswerSettings.parameters.map(\.name)).subtracting(choices))
    #expect(Set(names).count == names.count)
  }

  @Test func balancedIsTheDefault() throws {
    #expect(try settings("balanced").settings == AnswerSettings())
  }

  @Test func theOthersDifferAsTheirNamesSay() throws {
    let (creative, structured) = (try settings("creative").settings, try settings("structured").settings)
    #expect(creative.temperature > 1)
    #expect(structured.temperature < 1)
    #expect(structured.mirror > creative.mirror)
  }
}
