// Patterns as text for people, and as old and new programs tell them to each other.

import Foundation
import Testing

@testable import Control

@Suite struct PatternTextTests {
  private let pattern = "D thesaurus:tritone/interpolation/1:3"

  @Test func theWatchShowsThePatternOfTheMoment() {
    var summary = DialogueSummary()
    summary.style = "balanced"
    (summary.scaleRule, summary.pattern) = ("lock " + pattern, pattern)
    #expect(summary.choiceText == "balanced, in " + pattern)
    summary.scaleRule = "D morph tritone/interpolation/1:3 tritone/interpolation/1:1"
    #expect(summary.choiceText == "balanced, in " + pattern)
    summary.pattern = nil
    #expect(summary.choiceText == "balanced, " + summary.scaleRule)
  }

  @Test func thePatternIsAKeyThatOldProgramsLack() throws {
    var summary = DialogueSummary()
    let without = String(decoding: try JSONEncoder().encode(summary), as: UTF8.self)
    #expect(!without.contains("pattern"))
    #expect(try JSONDecoder().decode(DialogueSummary.self, from: Data(without.utf8)) == summary)
    summary.pattern = pattern
    let with = try JSONEncoder().encode(summary)
    #expect(try JSONDecoder().decode(DialogueSummary.self, from: with) == summary)
  }

  @Test func theMorphHasALine() {
    var list = sampleSettings()
    #expect(SettingsText.morph(list) == nil)
    list.scaleRule = "D morph tritone/interpolation/1:3 tritone/interpolation/1:1"
    #expect(SettingsText.morph(list) == nil)
    list.settings.append(
      SettingsList.Setting(
        name: "morph", value: 0.4, range: 0...1, unit: "", summary: "Place.", controller: 1))
    #expect(SettingsText.morph(list) == "morph  0.4 [controller 1]")
    #expect(SettingsText.pattern(pattern) == "now    " + pattern)
  }
}
