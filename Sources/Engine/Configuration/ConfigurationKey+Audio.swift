// The keys about where sound and notes come from and where they go.

import AudioIO
import Foundation
import MIDIIO
import ScaleDetector
import Synth

extension ConfigurationKey {
  static let audio: [ConfigurationKey] = [
    ConfigurationKey(
      table: "audio", name: "server",
      comment: ["The JACK server (jackd -n NAME); empty: $JACK_DEFAULT_SERVER, else the default one."],
      part: .start, noun: "server",
      read: { (item, configuration) throws(BadValue) in
        let name = try word(item, "server", "the server's name")
        try check { () throws(AudioError) in _ = try JackConfiguration(serverName: name.isEmpty ? nil : name) }
        configuration.audio.server = name.isEmpty ? nil : name
      }, text: { TOMLItem.quoted($0.audio.server ?? "") }),
    ConfigurationKey(
      table: "audio", name: "name", comment: ["The name that patchbays show."], part: .start, noun: "name",
      read: { (item, configuration) throws(BadValue) in
        let name = try word(item, "name", "a name")
        try check { () throws(AudioError) in _ = try JackConfiguration(clientName: name) }
        configuration.audio.name = name
      }, text: { TOMLItem.quoted($0.audio.name) }),
    flag(
      "audio", "exact-name", ["Whether to wait rather than run under a name that the server has changed."], .start,
      noun: "rule for names", \.audio.exactName),
    ConfigurationKey(
      table: "audio", name: "connect",
      comment: [
        "What to listen to: \"first\" is the first capture port, \"none\" leaves the wiring to a patchbay; anything",
        "else is every port whose name contains this text or matches it as a regular expression (jack_lsp lists them).",
      ], part: .wiring, noun: "the source to listen to",
      read: { (item, configuration) throws(BadValue) in
        configuration.audio.connect = switch try pattern(item, "connect") {
        case "first": .firstCapture
        case "none": .none
        case let text: .matching(text)
        }
      },
      text: {
        switch $0.audio.connect {
        case .firstCapture: "\"first\""
        case .none: "\"none\""
        case .matching(let text): TOMLItem.quoted(text)
        }
      }),
    ConfigurationKey(
      table: "audio", name: "playback",
      comment: ["Where to play: \"first\" is the first two physical ports; else as above."],
      part: .wiring, noun: "the place to play to",
      read: { (item, configuration) throws(BadValue) in
        configuration.audio.playback = switch try pattern(item, "playback") {
        case "first": .firstPair
        case "none": .none
        case let text: .matching(text)
        }
      },
      text: {
        switch $0.audio.playback {
        case .firstPair: "\"first\""
        case .none: "\"none\""
        case .matching(let text): TOMLItem.quoted(text)
        }
      }),
  ]

  static let keyboards: [ConfigurationKey] = [
    ConfigurationKey(
      table: "keyboards", name: "connect",
      comment: [
        "Which keyboards are connected when they are plugged in: \"all\", \"none\", or those whose name contains one",
        "of these texts, such as [\"Keystation\", \"nano*\"] (* and ? stand for anything; aconnect -i lists them).",
      ], part: .keyboards, noun: "the choice of keyboards",
      read: { (item, configuration) throws(BadValue) in
        let names = try words(item, "connect", "\"all\", \"none\" or names")
        switch names {
        case ["all"]: configuration.keyboards = .all
        case ["none"], []: configuration.keyboards = .none
        default:
          guard !names.contains("") else {
            throw BadValue(message: "connect holds an empty text, which every keyboard would match; write \"all\".")
          }
          configuration.keyboards = .matching(names)
        }
      },
      text: {
        switch $0.keyboards {
        case .all: "\"all\""
        case .none: "\"none\""
        case .matching(let names): "[" + names.map(TOMLItem.quoted).joined(separator: ", ") + "]"
        }
      })
  ]

  static let listen: [ConfigurationKey] = [
    choice(
      "listen", "classes", ["\"all\" families of scales, or \"24\": major and minor keys alone."], .start,
      noun: "choice of scales", { (classes: ScaleClasses) in classes.rawValue }, \.classes)
  ]

  static let models: [ConfigurationKey] = [
    path(
      "models", "scales", ["The model of scales (safetensors); empty: the one that comes with the program."],
      noun: "model of scales", \.models.scales),
    path(
      "models", "notes", ["The model of notes (safetensors); empty: the one that comes with the program."],
      noun: "model of notes", \.models.notes),
    path(
      "models", "thesaurus", ["The model of patterns (safetensors); empty: the one that comes with the program."],
      noun: "model of patterns", \.models.thesaurus),
  ]

  /// A pattern for names of ports, which matches something but not everything.
  private static func pattern(_ item: TOMLItem, _ name: String) throws(BadValue) -> String {
    let text = try word(item, name, "\"first\", \"none\" or a part of a port's name")
    guard !text.isEmpty else {
      throw BadValue(
        message: "\(name) is empty and would match every port; write \"first\", \"none\" or a part of a name.")
    }
    return text
  }

  private static func check(_ body: () throws(AudioError) -> Void) throws(BadValue) {
    do throws(AudioError) { try body() } catch { throw BadValue(message: error.description) }
  }
}
