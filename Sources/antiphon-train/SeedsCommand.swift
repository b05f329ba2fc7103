// The command antiphon-train seeds.
import ArgumentParser
import Engine
import Foundation
import Training

/// Repeats the student projects that this one grew from and prints their figures beside ours.
struct SeedsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seeds", abstract: "Repeats the student projects that this one grew from, with honest figures.",
    discussion: """
      chromalite: the best possible classifier of its random notes; with --scale-model and --scale-data our figure.
      neural-tunes, musicnet: trains their networks on the piano staves of --data; minutes of one core.
      On a shared machine set OPENBLAS_NUM_THREADS=1.
      """)

  @Argument(help: "chromalite, neural-tunes or musicnet; all by default.")
  var projects: [String] = []

  @Option(help: "The file that \"notes prepare\" wrote.")
  var data: String?

  @Option(help: "The note model that musicnet measures as ours; that of the presets by default.")
  var model: String?

  @Option(help: "A scale model that \"scales train --classes 24 --bands 1\" wrote.")
  var scaleModel: String?

  @Option(help: "A data set that \"scales generate --preset seed\" wrote.")
  var scaleData: String?

  @Flag(help: "Seconds instead of minutes, to see that it runs; the figures say nothing.")
  var quick = false

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @Option(help: "Threads of libtorch.")
  var threads = 1

  @Flag(help: "Print JSON instead of tables.")
  var json = false

  func run() throws {
    let chosen = try projects.map { name in
      if let project = SeedProject(rawValue: name) { return project }
      let known = SeedProject.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("There is no seed \"\(name)\"; choose from \(known).")
    }
    guard (scaleModel == nil) == (scaleData == nil) else {
      throw ValidationError("Give --scale-model and --scale-data together; one alone measures nothing.")
    }
    let all = chosen.isEmpty ? SeedProject.allCases : chosen
    var options = SeedOptions()
    (options.isQuick, options.seed, options.threads) = (quick, seed, threads)
    if all.contains(.musicNet) { options.noteModel = try ModelLocator().find(ModelLocator.noteModel, given: model) }
    if let scaleModel, let scaleData {
      options.scales = (URL(fileURLWithPath: scaleModel), URL(fileURLWithPath: scaleData))
    }
    var line = JobProgress()
    let comparison = try SeedComparison(all, data: data.map { URL(fileURLWithPath: $0) }, options: options) { text in
      line.show(text)
      return Interruption.isRaised
    }
    line.show("done", isLast: true)
    print(json ? try comparison.json() : comparison.text, terminator: json ? "\n" : "")
  }
}
