// The command antiphon-train thesaurus sample.
import ArgumentParser
import Training

/// Decodes latent vectors.
struct ThesaurusSampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Decodes latent vectors, random ones or given ones, to patterns.",
    discussion: """
      A vector is written as numbers between quotes, as a pattern's name (its encoding is decoded), as a MIDI file \
      that plays a pattern, or as "random". Results go to results/samples.
      """)

  @Argument(parsing: .allUnrecognized, help: "Vectors; without one they are drawn from the prior.")
  var vectors: [String] = []

  @Option(help: ArgumentHelp("How many random vectors, 1 to 64; 8 by default.", valueName: "number"))
  var count: Int?

  @OptionGroup var options: LatentOptions

  /// The arguments without the "--" that may stand before them.
  private var given: [String] { vectors.filter { $0 != "--" } }

  func validate() throws {
    if let count, !(1...64).contains(count) {
      throw ValidationError("--count is \(count); give a number from 1 to 64.")
    }
    guard count == nil || given.isEmpty else {
      throw ValidationError("--count says how many random vectors to draw; leave it out where vectors are given.")
    }
    guard given.count <= 64 else {
      throw ValidationError("There are \(given.count) vectors; give at most 64, each between quotes.")
    }
  }

  func run() throws {
    let job = try LatentJob(options, folder: "results/samples", given: given)
    let names = given.indices.map { "\($0 + 1)" }
    let found = try given.isEmpty ? job.randomVectors(count ?? 8) : job.vectors(names, given: given)
    try job.finish(LatentResult(samples: found, decoder: job.decoder), of: found, showsVectors: true)
  }
}
