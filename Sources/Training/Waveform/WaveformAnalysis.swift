// Measures a sound file from beginning to end and draws what it found.
public import Foundation
import AudioFile

/// Levels, spectrum, chroma and onsets of sound files.
///
/// A file is read once, block by block; the memory does not grow with its length, except by a few bytes an onset.
public enum WaveformAnalysis {
  /// Analyses a sound and writes its sheet and its spectrum as pictures and tables.
  ///
  /// - Parameters:
  ///   - sound: a file of any format that `SoundFile` reads.
  ///   - labels: a MusicNet label file of the same recording.
  ///   - base: the files' name without extension, in a folder that exists; nil writes nothing.
  ///   - seconds: the part of the sound to analyse; nil for all.
  ///   - formats: of the pictures.
  ///   - progress: called some times a second of work with the seconds done; true interrupts.
  /// - Returns: the figures; complaints about pictures stand in it.
  /// - Throws: `SoundFileError`, `PictureError` for a table that cannot be written, or `TrainingError`.
  public static func run(
    _ sound: URL, labels: URL? = nil, to base: URL?, seconds: ClosedRange<Double>? = nil,
    formats: [PictureFormat] = PictureFormat.allCases, progress: (_ seconds: Double) -> Bool = { _ in false }
  ) throws -> WaveformReport {
    let labelled = try labels.map(OnsetLabels.onsets)
    let file = try SoundFile(path: sound.path)
    let start = seconds?.lowerBound ?? 0
    let end = seconds?.upperBound ?? .infinity
    let analyzer = try WaveformAnalyzer(rate: file.sampleRate, start: start)
    try read(file, from: start, to: end, into: analyzer, progress: progress)
    guard analyzer.seconds > 0 else {
      throw TrainingError(
        "\(sound.path): the part to analyse begins at \(TableText.number(start)) s, and the sound ends at "
          + "\(decimals(Double(file.framesRead) / file.sampleRate, 1)) s; choose an earlier part.")
    }
    analyzer.finish()
    var report = analyzer.report(file: sound.path, channels: file.channels)
    report.warnings = file.warnings.map(\.description)
    let inside = labelled.map { $0.filter { $0 >= start && $0 < start + analyzer.seconds } }
    report.labels = inside.map { OnsetScore(found: analyzer.onsets.map(\.time), labels: $0) }
    guard let base else { return report }
    let title = sound.lastPathComponent
    let sheet = WaveformSheet(analyzer, report: report, labels: inside ?? [], title: title)
    let spectrum = SpectrumPlot(analyzer, title: title)
    let spectrumBase = base.deletingLastPathComponent().appending(path: base.lastPathComponent + "-spectrum")
    report.complaints = try sheet.write(to: base, formats: formats)
    report.complaints += try spectrum.write(to: spectrumBase, formats: formats)
    report.files = (sheet.files(at: base, formats: formats) + spectrum.files(at: spectrumBase, formats: formats))
      .map(\.path).filter(FileManager.default.fileExists)
    return report
  }

  /// Reads the samples from a little before `start`, so that the windows are full, to `end`.
  private static func read(
    _ file: SoundFile, from start: Double, to end: Double, into analyzer: WaveformAnalyzer,
    progress: (Double) -> Bool
  ) throws {
    // No double beyond this can be counted in samples.
    func samples(_ seconds: Double) -> Int { Int(min(seconds * file.sampleRate, 1e15).rounded()) }
    let hop = analyzer.hop
    let lead = min(samples(start), analyzer.lead)
    var skipped = samples(start) - lead
    var left = end.isFinite ? samples(end) - samples(start) : Int.max
    var leading = lead
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: hop)
    defer { block.deallocate() }
    var hops = 0
    while left > 0 {
      let wanted = skipped > 0 ? min(hop, skipped) : leading > 0 ? min(hop, leading) : min(hop, left)
      let count = try file.read(into: UnsafeMutableBufferPointer(rebasing: block[..<wanted]))
      if count == 0 { return }
      let part = UnsafeBufferPointer(rebasing: block[..<count])
      if skipped > 0 {
        skipped -= count
      } else if leading > 0 {
        analyzer.lead(in: part)
        leading -= count
      } else {
        analyzer.process(part)
        left -= count
      }
      hops += 1
      if hops % 512 == 0, progress(Double(file.framesRead) / file.sampleRate) {
        throw TrainingError("Interrupted; the pictures of \(file.path) were not drawn, run the same command again.")
      }
    }
  }
}
