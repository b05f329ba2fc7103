// What the shells offer when somebody presses Tab: names of settings, styles, modes and scales.

import ArgumentParser
import Engine
import Improviser
import Music

/// The words that may follow; none of them needs a running daemon.
enum Completions {
  /// The settings of `antiphon set`.
  static let settings = AnswerSettings.parameters.map(\.name) + ["mode", "scale"]

  /// What a controller can change or do.
  static let learnable = AnswerSettings.parameters.map(\.name) + ["answer", "panic"]

  /// What can be done with what is played.
  static let modes = AnswerMode.allCases.map(\.rawValue)

  /// The rules for the notes of the answers.
  static let scaleRules = ["follow", "lock", "morph", "off"]

  /// Asks for the styles whenever somebody completes one, so that own ones are among them.
  static let style = CompletionKind.custom { _, _, _ in StyleStore().entries.map(\.name) }

  /// The values of the setting in front of the cursor, where they are words.
  static let settingValue = CompletionKind.custom { words, index, _ in settingValues(words, index) }

  /// The tonic, then the family, of a scale that follows `lock`; the patterns of `morph`.
  static let scale = CompletionKind.custom { words, index, _ in scaleWords(words, index) }

  /// - Parameter words: the words of the command line.
  /// - Parameter index: which of them is completed.
  static func settingValues(_ words: [String], _ index: Int) -> [String] {
    let before = words.prefix(max(0, index))
    guard let command = before.firstIndex(of: "set"), command + 1 < before.endIndex else { return [] }
    switch words[command + 1].lowercased() {
    case "mode": return modes
    case "scale": return index == command + 2 ? scaleRules : scaleWords(words, index)
    case let name: return AnswerSettings.parameters.contains { $0.name == name && $0.isSwitch } ? ["on", "off"] : []
    }
  }

  /// The first pattern of each section of the Thesaurus; the number after the colon counts on from there.
  static var patterns: [String] {
    PatternList.all.sections.map { "\($0.progression.rawValue)/\($0.operation.rawValue)/\($0.count):1" }
  }

  /// - Parameter words: the words of the command line.
  /// - Parameter index: which of them is completed.
  static func scaleWords(_ words: [String], _ index: Int) -> [String] {
    guard index > 0, index <= words.count else { return [] }
    let previous = words[index - 1]
    if previous == "lock" {
      // Letters that every keyboard has: Eb for E♭.
      return PitchClass.all.map { "\($0)".replacing("♭", with: "b").replacing("♯", with: "#") }
    }
    if words.prefix(index).contains("morph") { return patterns }
    guard index > 1, words[index - 2] == "lock", PitchClass(name: previous) != nil else { return [] }
    return ScaleFamily.allCases.map(\.rawValue)
  }
}
