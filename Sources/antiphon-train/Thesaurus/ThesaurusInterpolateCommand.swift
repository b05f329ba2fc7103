// The command antiphon-train thesaurus interpolate.
import ArgumentParser
import Improviser
import Training

/// Decodes what lies between two vectors.
struct ThesaurusInterpolateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interpolate", abstract: "Goes from one latent vector to another and decodes what lies between.",
    discussion: """
      A vector is written as numbers between quotes, as a pattern's name, as a MIDI file that plays a pattern, or as \
      "random". Those that are missing are asked for; through a pipe each line is one, an empty line a random one. \
      Results go to results/1d.
      """)

  @Argument(parsing: .allUnrecognized, help: "The two vectors A and B.")
  var vectors: [String] = []

  @Option(help: ArgumentHelp("Patterns in the row with both ends, 2 to 64.", valueName: "number"))
  var steps = 10

  @Option(help: ArgumentHelp("The way from A to B: linear, or spherical (at equal angles).", valueName: "name"))
  var path = LatentPath.linear.rawValue

  @OptionGroup var options: LatentOptions

  /// The arguments without the "--" that may stand before them.
  private var given: [String] { vectors.filter { $0 != "--" } }

  func validate() throws {
    guard LatentInterpolation.steps.contains(steps) else {
      throw ValidationError("--steps is \(steps); give a number from 2 to \(LatentInterpolation.steps.upperBound).")
    }
    _ = try LatentPathName.path(path)
  }

  func run() throws {
    let job = try LatentJob(options, folder: "results/1d", given: given)
    let found = try job.vectors(["A", "B"], given: given)
    let way = try LatentPathName.path(path)
    let row = LatentInterpolation(found[0], found[1], steps: steps, path: way, decoder: job.decoder)
    try job.finish(LatentResult(row, path: way), of: found, showsVectors: false)
  }
}
