// The command antiphon-train thesaurus reconstruct.
import ArgumentParser
import Training

/// Encodes patterns and decodes them again.
struct ThesaurusReconstructCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconstruct", abstract: "Encodes patterns, decodes them again and says what differs.",
    discussion: """
      A pattern is given by its name or as a MIDI file that plays it; of a vector (numbers between quotes, or \
      "random") the pattern that it is decoded to is taken. KL is the divergence of the encoding from the prior in \
      nats. Results go to results/reconstructions.
      """)

  @Argument(parsing: .allUnrecognized, help: "Patterns; without one it is asked for.")
  var patterns: [String] = []

  @OptionGroup var options: LatentOptions

  /// The arguments without the "--" that may stand before them.
  private var given: [String] { patterns.filter { $0 != "--" } }

  func validate() throws {
    guard given.count <= 32 else {
      throw ValidationError("There are \(given.count) patterns; give at most 32.")
    }
  }

  func run() throws {
    let job = try LatentJob(options, folder: "results/reconstructions", given: given)
    let names = (0..<max(1, given.count)).map { "\($0 + 1)" }
    let found = try job.vectors(names, given: given)
    let reconstructions = found.map { vector in
      LatentReconstruction(vector.pattern ?? job.decoder.decode(vector.numbers), decoder: job.decoder)
    }
    let result = LatentResult(reconstructions: reconstructions)
    try job.finish(result, of: found, showsVectors: true)
  }
}
