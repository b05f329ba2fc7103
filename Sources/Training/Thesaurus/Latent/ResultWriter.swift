// Writes the files of a result: scores, MIDI, sound and JSON.

import AudioFile
import Foundation
public import Music
public import Synth

/// Writes patterns in several formats to a `ResultFolder`.
public struct ResultWriter {
  /// The kinds of files that are wanted.
  public var formats: Set<ResultFormat>
  /// The note on which the patterns begin.
  public var tonic: PitchClass
  /// Whether they go up, down or both ways.
  public var direction: PatternDirection
  /// What the sound is made with; without one there is no sound.
  public var soundFont: SoundFontFile?
  /// Folders in which LilyPond is sought, separated by colons.
  public var searchPath = Engraver.systemPath
  /// Asked while files are made; true ends that.
  public var isInterrupted: () -> Bool

  /// Frames a second of the sound.
  private static let sampleRate = 44_100.0
  /// The largest sample, of 1.
  private static let peak: Float = 0.7
  /// Seconds that the last note has to die away.
  private static let tail = 1.5

  /// A writer.
  public init(
    formats: Set<ResultFormat>, tonic: PitchClass, direction: PatternDirection, soundFont: SoundFontFile?,
    isInterrupted: @escaping () -> Bool = { false }
  ) {
    self.formats = formats
    self.tonic = tonic
    self.direction = direction
    self.soundFont = soundFont
    self.isInterrupted = isInterrupted
  }

  /// Writes the files of a result; `document` becomes results.json.
  ///
  /// - Returns: a sentence for each kind of file that is missing because a program to make it is.
  /// - Throws: when a file cannot be written, or the writing was interrupted.
  public func write(_ result: LatentResult, document: ResultDocument, to folder: ResultFolder) throws -> [String] {
    let score = score(result)
    if formats.contains(.json) { try folder.write(document.data(), .json) }
    if formats.contains(.midi) {
      try folder.write(PatternMIDI.data(score), .midi)
      for (number, entry) in score.entries.enumerated() {
        try folder.write(PatternMIDI.data(.sheet([entry], direction: direction)), .midi, number: number + 1)
      }
    }
    if formats.contains(.ly) {
      try folder.write(Data(LilyPondWriter.text(score).utf8), .ly)
    }
    let pictures = ScoreFormat.allCases.filter { format in formats.contains { $0.rawValue == format.rawValue } }
    let complaints = Engraver.engrave(
      score, base: folder.base, formats: pictures, searchPath: searchPath, isInterrupted: isInterrupted)
    try checkInterruption()
    if formats.contains(.wav), let soundFont { try writeSound(score, soundFont, to: folder) }
    try checkInterruption()
    return complaints.map(folder.visible)
  }

  /// The patterns as they stand on paper.
  func score(_ result: LatentResult) -> PatternScore {
    let entries = result.entries.map { entry in
      PatternEntry(entry.point.pattern, tonic: tonic, label: entry.label, caption: Self.caption(entry))
    }
    let title: String
    switch result.kind {
    case .sample: title = "Samples"
    case .reconstruct: title = "Reconstructions"
    case .interpolate: title = "Interpolation"
    case .grid: title = "Grid"
    }
    let subtitle = [result.path?.rawValue].compactMap { $0 } + result.figures.map { "\($0.name): \($0.text)" }
    guard let columns = result.columns else {
      return .strip(entries, title: title, subtitle: subtitle.joined(separator: "; "), direction: direction)
    }
    let rows = stride(from: 0, to: entries.count, by: columns).map {
      Array(entries[$0..<min($0 + columns, entries.count)])
    }
    return .grid(rows, title: title, subtitle: subtitle.joined(separator: "; "), direction: direction)
  }

  private static func caption(_ entry: LatentEntry) -> String {
    let isNew = entry.isNovel ? "new" : ""
    let changes = entry.changes.map { $0 == 0 ? "" : "\($0) changed" } ?? ""
    return [isNew, changes].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func writeSound(_ score: PatternScore, _ font: SoundFontFile, to folder: ResultFolder) throws {
    let synth = try OfflineSynth(soundFont: font, sampleRate: Self.sampleRate, interpolation: .cubic)
    let notes = PatternMIDI.notes(score)
    var samples = try synth.render(notes, seconds: (notes.map(\.end).max() ?? 0) + Self.tail)
    // A single line is far below full scale.
    let peak = samples.reduce(0) { max($0, abs($1)) }
    if peak > 0 { for index in samples.indices { samples[index] *= Self.peak / peak } }
    do { try SoundFileWriter.write(samples, rate: Self.sampleRate, to: folder.place(.wav).path) } catch {
      throw TrainingError(folder.visible("\(error)"))
    }
  }

  private func checkInterruption() throws {
    if isInterrupted() { throw TrainingError("Interrupted; the results of earlier runs stay as they were.") }
  }
}
