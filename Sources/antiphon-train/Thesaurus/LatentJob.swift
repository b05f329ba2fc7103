// What the commands about the latent space have in common: from the vectors to the files.
import ArgumentParser
import Engine
import Foundation
import Improviser
import Music
import Synth
import Training

/// One run of such a command.
final class LatentJob {
  private let options: LatentOptions
  private let path: String
  private let formats: Set<ResultFormat>
  private let modelURL: URL
  private let soundFont: SoundFontFile?
  private var reader: LatentVectorReader
  private var complaints: [String] = []
  /// Decodes with the model.
  let decoder: PatternDecoder

  /// Finds and checks everything that can be wrong before vectors are asked for.
  ///
  /// - Parameters:
  ///   - folder: where the results go without --output.
  ///   - given: the vectors among the arguments.
  init(_ options: LatentOptions, folder: String, given: [String]) throws {
    self.options = options
    path = options.output ?? folder
    formats = try options.chosenFormats()
    // Since a vector may begin with a minus, the parser lets options pass that it does not know.
    if let unknown = given.first(where: { $0.hasPrefix("-") && !$0.dropFirst().contains { "0"..."9" ~= $0 } }) {
      throw ValidationError("\(unknown) is neither an option nor a vector; --help lists the options.")
    }
    modelURL = try ModelLocator().find(ModelLocator.thesaurusModel, given: options.model)
    let inputs = given + [modelURL.path] + [options.soundFont].compactMap { $0 }
    try ResultFolder.check(path, inputs: inputs)
    let model = try ThesaurusModel(contentsOf: modelURL)
    decoder = PatternDecoder(model: model)
    let seed = options.seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
    reader = LatentVectorReader(model: model, prior: LatentPrior(seed: seed))
    soundFont = try formats.contains(.wav) ? Self.soundFont(options, &complaints) : nil
  }

  /// The vectors of `names`: those that were given, then those that are asked for.
  func vectors(_ names: [String], given: [String]) throws -> [LatentVector] {
    let questions = LatentQuestions(
      isTerminal: isatty(0) == 1, nextLine: { readLine() },
      show: { FileHandle.standardError.write(Data($0.utf8)) })
    do {
      return try questions.vectors(names, given: given, reader: &reader)
    } catch {
      if error.isOfArguments { throw ValidationError("\(error)") }
      throw error
    }
  }

  /// So many vectors of the prior.
  func randomVectors(_ count: Int) -> [LatentVector] { (0..<count).map { _ in reader.random() } }

  /// Prints a result and writes its files.
  func finish(_ result: LatentResult, of vectors: [LatentVector], showsVectors: Bool) throws {
    let folder = try ResultFolder(path, inputs: vectors.compactMap(\.file) + [modelURL.path])
    let tonic = try options.chosenTonic() ?? vectors.compactMap(\.tonic).first ?? PitchClass(wrapping: 0)
    let model = ResultDocument.Model(
      file: modelURL.lastPathComponent, checksum: decoder.model.metadata["crc32"], latent: decoder.model.latent)
    let document = ResultDocument(
      result, tonic: tonic, given: vectors, seed: reader.prior.seed, command: OptionReading.commandLine, model: model)
    print(result.text(tonic: tonic, showsVectors: showsVectors))
    if vectors.contains(where: { $0.origin == .random }) { print("seed: \(reader.prior.seed)") }
    let writer = ResultWriter(
      formats: formats, tonic: tonic, direction: try options.chosenDirection(), soundFont: soundFont,
      isInterrupted: { Interruption.isRaised })
    complaints += try writer.write(result, document: document, to: folder)
    let names = try folder.finish()
    print("\(path): \(Self.list(names))")
    for complaint in complaints { StandardError.say(complaint) }
    // What was asked for by name and is missing is a failure; of what comes by default the rest is enough.
    if options.formats != nil, !complaints.isEmpty { throw ExitCode.failure }
  }

  /// The SoundFont, or nil and a complaint when the system has none; one that was named must be good.
  private static func soundFont(_ options: LatentOptions, _ complaints: inout [String]) throws -> SoundFontFile? {
    do throws(SoundFontError) {
      return try SoundFontSearch().find(path: options.soundFont)
    } catch .notFound(let searched) {
      complaints.append("There is no WAV file: \(SoundFontError.notFound(searched: searched))")
      return nil
    }
  }

  /// Names on one line, those of single patterns as a range.
  private static func list(_ names: [String]) -> String {
    let single = names.filter { $0.hasSuffix(".mid") && $0.contains("-") }
    let others = names.filter { !single.contains($0) }
    let range = [single.first, single.count > 1 ? single.last : nil].compactMap { $0 }.joined(separator: "…")
    return (others + [range]).filter { !$0.isEmpty }.joined(separator: " ")
  }
}
