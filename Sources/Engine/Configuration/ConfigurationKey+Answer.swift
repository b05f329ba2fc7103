// The keys about the answers and how they sound.

import Foundation
import Improviser
import Synth

extension ConfigurationKey {
  static let sound: [ConfigurationKey] = [
    path(
      "sound", "soundfont",
      ["The SoundFont; empty: one in $XDG_DATA_HOME/soundfonts, else the system's. $ANTIPHON_SOUNDFONT goes before."],
      noun: "SoundFont", \.sound.soundFont),
    choice(
      "sound", "rendering",
      ["\"in-callback\": dry and without delay. \"ahead\": with reverb and chorus, one period later."], .start,
      noun: "rendering", { (rendering: SynthRendering) in rendering == .ahead ? "ahead" : "in-callback" },
      \.sound.rendering),
  ] + AnswerSettings.parameters.filter { $0.name == thru }.map { number($0, table: "sound") }

  static let answer: [ConfigurationKey] = [
    ConfigurationKey(
      table: "answer", name: "style",
      comment: ["The style (antiphon style lists them). What is named below goes before what the style says."],
      part: .answer, noun: "the style",
      read: { (item, configuration) throws(BadValue) in
        configuration.answer.style = String(try word(item, "style", "a style's name").prefix(100))
      }, text: { TOMLItem.quoted($0.answer.style) }),
    setting(
      "mode", ["\"answer\", \"accompany\" or \"listen\"."], "the mode", read: { $0.answer.mode = $1.mode },
      text: { $0.answer.mode?.rawValue }),
    setting(
      "scale", [
        "The notes of the answers: \"follow\" what is heard, \"off\", a scale such as \"D dorian\", a pattern such as",
        "\"D thesaurus:tritone/interpolation/1:3\", or \"morph\" and the names of two patterns.",
      ],
      "the rule for scales", read: { $0.answer.scale = $1.scaleRule }, text: { $0.answer.scale?.description }),
    ConfigurationKey(
      table: "answer", name: "seed",
      comment: ["A number: the same number and playing give the same answers. \"random\": other ones each time."],
      part: .start, noun: "seed",
      read: { (item, configuration) throws(BadValue) in
        switch item {
        case .text("random"): configuration.answer.seed = nil
        case .integer(let number) where number >= 0: configuration.answer.seed = UInt64(number)
        default:
          throw BadValue(message: "seed cannot be \(item.shown); use a whole number from 0 on, or \"random\".")
        }
      }, text: { $0.answer.seed.map { "\($0)" } ?? "\"random\"" }),
  ] + AnswerSettings.parameters.filter { $0.name != thru }.map { number($0, table: "answer") }

  /// Stands with the sound, for it says what sounds.
  private static let thru = "thru"

  /// A number of the answer's settings.
  private static func number(_ parameter: AnswerSettings.Parameter, table: String) -> ConfigurationKey {
    let written = { @Sendable (value: Double) in
      parameter.isSwitch ? (value >= 0.5 ? "true" : "false") : parameter.isWhole ? "\(Int(value))" : "\(value)"
    }
    let unit = parameter.unit.isEmpty ? "" : " " + parameter.unit
    let range = "\(parameter.written(parameter.range.lowerBound)) to \(parameter.written(parameter.range.upperBound))"
    return ConfigurationKey(
      table: table, name: parameter.name,
      comment: [parameter.summary + (parameter.isSwitch ? "" : " \(range)\(unit).")], part: .answer,
      noun: parameter.name,
      read: { (item, configuration) throws(BadValue) in
        var settings = AnswerSettings()
        do throws(SettingError) {
          switch item {
          case .flag where !parameter.isSwitch, .list, .table, .date:
            throw SettingError.value(parameter: parameter, text: item.shown)
          default: try settings.set(name: parameter.name, text: item.word ?? "")
          }
        } catch {
          let words = parameter.isSwitch ? "\(parameter.name) cannot be \(item.shown); use true or false." : "\(error)"
          throw BadValue(message: words)
        }
        configuration.answer.values[parameter.name] = parameter.get(settings)
      }, text: { $0.answer.values[parameter.name].map(written) })
  }

  /// A word of the answer's settings.
  private static func setting(
    _ name: String, _ comment: [String], _ noun: String,
    read: @escaping @Sendable (inout Configuration, AnswerSettings) -> Void,
    text: @escaping @Sendable (Configuration) -> String?
  ) -> ConfigurationKey {
    ConfigurationKey(
      table: "answer", name: name, comment: comment, part: .answer, noun: noun,
      read: { (item, configuration) throws(BadValue) in
        var settings = AnswerSettings()
        let text = String(try word(item, name, "a word").prefix(AnswerSettings.longestText))
        do throws(SettingError) {
          try settings.set(name: name, text: text)
        } catch {
          throw BadValue(message: "\(error)")
        }
        read(&configuration, settings)
      }, text: { text($0).map(TOMLItem.quoted) })
  }
}
