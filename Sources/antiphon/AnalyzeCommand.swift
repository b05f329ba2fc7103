// `antiphon analyze`: sound files through the listening chain, faster than real time.
import ArgumentParser
import Engine
import Foundation
import ScaleDetector

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Name the scale of sound files, as a whole and over time.",
    discussion: """
      Runs each file (any format that libsndfile reads; - is a WAV on the standard input) through the chain that runs \
      live. A file that cannot be read gets one sentence on the standard error, the others go on, and the exit status \
      is 1.
      """)

  @Argument(help: "Sound files.", completion: .file())
  var files: [String] = []

  @Flag(help: "Print one JSON object a line and file.")
  var json = false

  @Flag(help: "Print comma-separated rows, one a segment.")
  var csv = false

  @Flag(help: "With --csv: one row for each step of about 0.19 s, with level, tuning and chroma.")
  var steps = false

  @Option(
    help: ArgumentHelp("Draw the chromagram with the scale track into a .png or .svg.", valueName: "file"),
    completion: .file(extensions: ["png", "svg"]))
  var plot: String?

  @Option(help: ArgumentHelp("Hear only the beginning.", valueName: "seconds"))
  var first: Double?

  @Option(
    help: ArgumentHelp("24 answers with major and minor keys alone.", valueName: "number"), completion: .list(["24"]))
  var classes: Int?

  @Option(
    help: ArgumentHelp("The model; else the shipped one, or the one in $ANTIPHON_MODELS.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var model: String?

  @Flag(help: ArgumentHelp("Print the processor time of the parts on the standard error.", visibility: .hidden))
  var timing = false

  @Option(
    help: ArgumentHelp("Measure onset to readout for this period at 48 kHz.", valueName: "frames", visibility: .hidden))
  var latency: Int?

  func validate() throws {
    if files.isEmpty && latency == nil { throw ValidationError("Name at least one sound file.") }
    if let latency, !(16...8192).contains(latency) {
      throw ValidationError("--latency wants a period of 16 to 8192 frames, not \(latency).")
    }
    if json && csv { throw ValidationError("--json and --csv exclude each other; choose one.") }
    if steps && !csv { throw ValidationError("--steps belongs to --csv; add it.") }
    if let first, !(first > 0) || !first.isFinite {
      throw ValidationError("--first wants a number of seconds above 0, not \(first).")
    }
    if let classes, classes != 24 {
      throw ValidationError(
        "--classes knows only 24 (major and minor keys), not \(classes); leave it out for all families.")
    }
    if plot != nil && files.count > 1 {
      throw ValidationError("--plot draws one file and \(files.count) were named; run it once for each file.")
    }
  }

  func run() throws {
    let output = StandardOutput()
    do {
      try analyze(output)
    } catch OutputError.readerGone {
      return
    } catch let error as OutputError {
      output.complain("antiphon: \(error)")
      throw ExitCode.failure
    }
  }

  private func analyze(_ output: StandardOutput) throws {
    if let latency {
      return try output.line(try OnsetLatency.measure(sampleRate: 48_000, period: latency).json)
    }
    let picture: AnalysisPlot?
    var analysis: FileAnalysis
    do {
      picture = try plot.map { path throws(PlotError) in try AnalysisPlot(path: path) }
      let lite = try ChromaLite(contentsOf: try ModelLocator().find(given: model))
      analysis = FileAnalysis(model: lite, classes: classes == 24 ? .majorMinor : .all)
    } catch {
      output.complain("antiphon: \(error)")
      throw ExitCode.failure
    }
    analysis.options.first = first
    analysis.options.keepsSteps = steps || plot != nil
    if csv { try output.line(steps ? AnalysisResult.csvStepHeader : AnalysisResult.csvSegmentHeader) }
    var allWell = true
    for file in files {
      do {
        let result = try analysis.analyze(path: file)
        for warning in result.warnings { output.complain("antiphon: \(warning)") }
        try print(result, output)
        if timing { output.complain(analysis.timings.json(audio: result.duration)) }
        try picture?.draw(result)
      } catch let error as OutputError {
        throw error
      } catch {
        output.complain("antiphon: \(error)")
        allWell = false
      }
    }
    if !allWell { throw ExitCode.failure }
  }

  private func print(_ result: AnalysisResult, _ output: StandardOutput) throws(OutputError) {
    if json { return try output.line(result.json) }
    if !csv { return try output.line(result.text) }
    for row in steps ? result.csvSteps : result.csvSegments { try output.line(row) }
  }
}
