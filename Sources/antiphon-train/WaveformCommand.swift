// The command antiphon-train waveform.
import ArgumentParser
import Foundation
import Training

/// Measures and draws sound files.
struct WaveformCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waveform", abstract: "Levels, spectrum, chroma and onsets of sound files, with pictures.",
    discussion: """
      Prints a line for each file. With --output a sheet (waveform with onsets, spectrogram, chroma, level) and the \
      mean spectrum are drawn as PNG and SVG (with gnuplot), and their numbers written as CSV. Files are read block by \
      block, of any length.
      """)

  @Argument(help: "Sound files of any format that libsndfile reads: WAV, FLAC, Ogg, MP3 …")
  var files: [String]

  @Option(name: .shortAndLong, help: "The folder for pictures and tables; it is made where there is none.")
  var output: String?

  @Option(help: "Only the part from a to b seconds, as 10:25.5; either may be left out.")
  var seconds: String?

  @Option(help: "MusicNet labels (.csv) of the one file: they are drawn too, and judge the onsets that are found.")
  var labels: String?

  @Flag(help: "Print a JSON object for each file, one a line.")
  var json = false

  func run() throws {
    if labels != nil, files.count > 1 {
      throw ValidationError("--labels belongs to one recording, and \(files.count) are given; give one file at a time.")
    }
    let part = try seconds.map(Self.part)
    let folder = try output.map(OutputFolder.make)
    let sounds = files.map { URL(fileURLWithPath: $0) }
    var complaints: Set<String> = []
    func complain(_ sentence: String) {
      if complaints.insert(sentence).inserted { StandardError.say(sentence) }
    }
    for (sound, name) in zip(sounds, OutputFolder.names(of: sounds)) {
      var line = JobProgress()
      do {
        let report = try WaveformAnalysis.run(
          sound, labels: labels.map { URL(fileURLWithPath: $0) }, to: folder?.appending(path: name), seconds: part
        ) { done in
          if done > 60 { line.show("\(name): \(Int(done)) s") }
          return Interruption.isRaised
        }
        report.warnings.forEach(StandardError.say)
        report.complaints.forEach(complain)
        print(json ? try report.json() : report.text)
        if !json { for file in report.files { print("  " + file) } }
      } catch {
        complain("\(error)")
        if Interruption.isRaised { break }
      }
    }
    if !complaints.isEmpty { throw ExitCode.failure }
  }

  /// Reads "a:b".
  static func part(_ text: String) throws -> ClosedRange<Double> {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false)
    let wrong = ValidationError(
      "--seconds is \"\(text)\"; write two times with a colon, as 10:25.5, the smaller first.")
    guard ends.count == 2, let start = ends[0].isEmpty ? 0 : Double(ends[0]),
      let end = ends[1].isEmpty ? .infinity : Double(ends[1]), start.isFinite, start >= 0, end > start
    else { throw wrong }
    return start...end
  }
}
