// The command antiphon-train thesaurus grid.
import ArgumentParser
import Improviser
import Training

/// Decodes what lies between four vectors.
struct ThesaurusGridCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grid", abstract: "Decodes a square of latent vectors between four corners.",
    discussion: """
      The corners are A (top left), B (top right), C (bottom left) and D (bottom right), each written as numbers \
      between quotes, as a pattern's name, as a MIDI file that plays a pattern, or as "random". Those that are missing \
      are asked for; through a pipe each line is one, an empty line a random one. Results go to results/2d.
      """)

  @Argument(parsing: .allUnrecognized, help: "The four vectors A, B, C and D.")
  var vectors: [String] = []

  @Option(help: ArgumentHelp("Rows and columns with the corners, 2 to 9.", valueName: "number"))
  var size = 5

  @Option(
    help: ArgumentHelp(
      "The way between corners: linear, or spherical (at equal angles, first down both sides and then across).",
      valueName: "name"))
  var path = LatentPath.linear.rawValue

  @OptionGroup var options: LatentOptions

  /// The arguments without the "--" that may stand before them.
  private var given: [String] { vectors.filter { $0 != "--" } }

  func validate() throws {
    guard LatentGrid.sizes.contains(size) else {
      throw ValidationError("--size is \(size); give a number from 2 to \(LatentGrid.sizes.upperBound).")
    }
    _ = try LatentPathName.path(path)
  }

  func run() throws {
    let job = try LatentJob(options, folder: "results/2d", given: given)
    let found = try job.vectors(["A", "B", "C", "D"], given: given)
    let way = try LatentPathName.path(path)
    let grid = LatentGrid(found, size: size, path: way, decoder: job.decoder)
    try job.finish(LatentResult(grid, path: way), of: found, showsVectors: false)
  }
}
