// The command antiphon-train thesaurus names.
import ArgumentParser
import Foundation
import Training

/// Measures how a pattern that is played is named.
struct ThesaurusNamesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "names", abstract: "Measures how reliably a pattern that is played on a keyboard is named.",
    discussion: """
      Plays every pattern of the list upwards. With --data the music of a prepared file is played as well, to see how \
      often a name comes up that nobody meant.
      """)

  @Option(
    help: ArgumentHelp("The file that \"notes prepare\" wrote.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var data: String?

  @Flag(help: "Print JSON instead of text.")
  var json = false

  func run() throws {
    let naming: PatternNaming
    if let data {
      var line = JobProgress()
      naming = try PatternNaming(playing: PreparedNotes(contentsOf: URL(fileURLWithPath: data))) { text in
        line.show(text)
        return Interruption.isRaised
      }
      line.show("done", isLast: true)
    } else {
      naming = PatternNaming()
    }
    print(json ? try naming.json() : naming.text, terminator: json ? "\n" : "")
  }
}
