// `antiphon scale`: the notes that answers may take.

import ArgumentParser
import Control
import Music

struct ScaleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scale", abstract: "Choose the notes of the answers: follow, off, lock \"D dorian\", or morph A B.",
    discussion: """
      follow: the scale that is heard, the more strictly the surer it is. lock: no note outside the scale, or outside \
      a pattern of the Thesaurus such as "D thesaurus:tritone/interpolation/1:3". morph: no note outside the pattern \
      that lies between two, at the place of the setting morph: antiphon set morph 0.4, or the controller of --cc. \
      off: any note. Without a rule the present one is shown.
      """)

  @Argument(help: "follow, off, lock or morph.", completion: .list(Completions.scaleRules))
  var rule: String?

  @Argument(
    help: "With lock: the scale, such as \"D dorian\", or a pattern. With morph: two patterns.",
    completion: Completions.scale)
  var scale: [String] = []

  @Option(help: ArgumentHelp("With morph: the MIDI controller that moves it, 0 to 127.", valueName: "number"))
  var cc: Int?

  @Option(help: ArgumentHelp("With morph: the first principal tone, else C.", valueName: "note"))
  var tonic: String?

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print JSON objects, one a line.")
  var json = false

  func validate() throws {
    let isMorph = rule?.lowercased() == "morph"
    if rule?.lowercased() == "lock" && scale.isEmpty {
      throw ValidationError("lock wants a scale; for example: antiphon scale lock \"D dorian\".")
    }
    if isMorph && scale.isEmpty {
      throw ValidationError(
        "morph wants two patterns; for example: "
          + "antiphon scale morph tritone/interpolation/1:1 ditone/interpolation/1:1.")
    }
    if let option = cc != nil ? "--cc" : tonic != nil ? "--tonic" : nil, !isMorph {
      throw ValidationError("\(option) belongs to morph; for example: antiphon scale morph A B \(option) \(example).")
    }
    if let cc, !(0...127).contains(cc) {
      throw ValidationError("--cc wants a whole number from 0 to 127, not \(cc).")
    }
    if let tonic, PitchClass(name: tonic) == nil {
      throw ValidationError("--tonic wants the name of a note such as D or Eb, not \"\(tonic)\".")
    }
  }

  private var example: String { cc != nil ? "1" : "D" }

  func run() throws {
    let name = scale.isEmpty ? nil : ([tonic].compactMap { $0 } + scale).joined(separator: " ")
    try Conversation.run(socket) { client, output in
      let request = rule.map { Request.scale(rule: $0, scale: name) } ?? .settings
      let reply = try Conversation.reply(client.ask(request))
      for line in try Conversation.settings(reply, json: json) { try output.line(line) }
      if !json, case .settings(let list) = reply, let morph = SettingsText.morph(list) {
        try output.line(morph)
        // A rule that was just set is obeyed with the next turn of the hands; what the status says may be older.
        if rule == nil, case .status(let status) = try Conversation.reply(client.ask(.status)),
          let pattern = status.dialogue?.pattern
        {
          try output.line(SettingsText.pattern(pattern))
        }
      }
      guard let cc else { return }
      let learned = try Conversation.reply(client.ask(.learn(name: "morph", controller: cc)))
      for line in try Conversation.sentence(learned, json: json) { try output.line(line) }
    }
  }
}
