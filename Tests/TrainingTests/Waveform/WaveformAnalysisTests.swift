// The figures of sounds that are known, and the sentences about files that are none.
import AudioFile
import Foundation
import Testing

@testable import Training

@Suite struct WaveformAnalysisTests {
  private let sound: SyntheticSound

  init() throws { sound = try SyntheticSound() }

  @Test func aSineHasItsLevels() throws {
    let samples = SyntheticSound.tones([997], amplitude: pow(10, -6.0 / 20), seconds: 2)
    let report = try WaveformAnalysis.run(try sound.write(samples, "sine.wav"), to: nil)
    #expect(abs(try #require(report.peak) + 6) < 0.02)
    #expect(abs(try #require(report.rms) + 9.01) < 0.02)
    #expect(abs(try #require(report.crestFactor) - 3.01) < 0.02)
    // A full-scale sine of 997 Hz in one channel reads -3.01 LUFS.
    #expect(abs(try #require(report.loudness) + 9.01) < 0.05)
    #expect(abs(report.offset) < 1e-4)
    #expect(report.clippedSamples == 0)
    #expect(report.silenceShare == 0)
    #expect(abs(report.seconds - 2) < 1e-6)
    #expect(report.files.isEmpty)
  }

  @Test func offsetClippingAndSilenceAreCounted() throws {
    var samples = [Float](repeating: 0.25, count: 44_100) + [Float](repeating: 0, count: 44_100)
    for place in 100..<110 { samples[place] = 1 }
    let report = try WaveformAnalysis.run(try sound.write(samples, "offset.wav"), to: nil)
    #expect(abs(report.offset - 0.125) < 1e-3)
    #expect(report.clippedSamples == 10)
    #expect(abs(report.silenceShare - 0.5) < 0.01)
  }

  @Test func clicksAreFoundWhereTheyAre() throws {
    let times = [0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 2.75, 3.0, 3.25, 3.5]
    let analyzer = try analyzed(SyntheticSound.clicks(times, seconds: 4))
    #expect(analyzer.onsets.count == times.count)
    for (onset, time) in zip(analyzer.onsets, times) { #expect(abs(onset.time - time) < 0.012) }
    let report = analyzer.report(file: "", channels: 1)
    // A click each quarter of a second: two a beat at the tempo that listeners prefer.
    let tempo = try #require(report.tempo)
    #expect(abs(tempo - 120) < 1.5)
  }

  @Test func struckNotesAreFoundByTheirLabels() throws {
    let times = [0.3, 0.71, 0.95, 1.4, 1.62, 2.1, 2.5, 2.83, 3.2]
    let pitches = [60.0, 64, 67, 72, 71, 67, 65, 62, 60]
    let url = try sound.write(SyntheticSound.struck(times, pitches: pitches, seconds: 4), "struck.wav")
    let lines = times.map { "\(Int($0 * 44_100)),\(Int($0 * 44_100) + 20_000),1,60,0,1,Quarter" }
    let labels = sound.folder.appending(path: "labels.csv")
    try Data(
      ("start_time,end_time,instrument,note,start_beat,end_beat,note_value\n" + lines.joined(separator: "\n")).utf8
    ).write(to: labels)
    let score = try #require(try WaveformAnalysis.run(url, labels: labels, to: nil).labels)
    #expect(score.labelled == 9)
    #expect(score.fMeasure > 0.9)
    // The same in a part: the labels outside do not count, and the cut is no onset.
    let part = try #require(try WaveformAnalysis.run(url, labels: labels, to: nil, seconds: 1.0...2.7).labels)
    #expect(part.labelled == 4)
    #expect(part.found == 4)
    #expect(part.right == 4)
  }

  @Test func aChordHasItsChroma() throws {
    let samples = SyntheticSound.tones([261.63, 329.63, 392.0], amplitude: 0.2, seconds: 2)
    let chroma = try WaveformAnalysis.run(try sound.write(samples, "chord.wav"), to: nil).chroma
    let strongest = Set(chroma.indices.sorted { chroma[$0] > chroma[$1] }.prefix(3))
    #expect(strongest == [0, 4, 7])
    #expect(chroma.enumerated().filter { !strongest.contains($0.offset) }.allSatisfy { $0.element < 0.3 })
  }

  @Test func digitalSilenceHasNoLevels() throws {
    let report = try WaveformAnalysis.run(
      try sound.write([Float](repeating: 0, count: 8000), "silence.wav", rate: 8000), to: nil)
    #expect(report.peak == nil)
    #expect(report.loudness == nil)
    #expect(report.silenceShare == 1)
    #expect(report.onsets == 0)
    #expect(report.tempo == nil)
    #expect(report.text.contains("peak silent"))
    #expect(try report.json().contains("\"silence_share\":1"))
  }

  @Test func tablesComeWithoutGnuplot() throws {
    let url = try sound.write(SyntheticSound.clicks([0.2, 0.6], seconds: 1), "it's two clicks.wav")
    let base = sound.folder.appending(path: "out")
    let report = try WaveformAnalysis.run(url, to: base, formats: [])
    #expect(report.complaints.isEmpty)
    #expect(report.files.count == 4)
    let onsets = try String(contentsOf: sound.folder.appending(path: "out-onsets.csv"), encoding: .utf8)
    #expect(onsets.split(separator: "\n").count == 3)
    let columns = try String(contentsOf: sound.folder.appending(path: "out.csv"), encoding: .utf8)
    #expect(columns.hasPrefix("seconds,lowest,highest,rms_dbfs,peak_dbfs,chroma_C,"))
    let spectrogram = try String(contentsOf: sound.folder.appending(path: "out-spectrogram.csv"), encoding: .utf8)
    #expect(columns.split(separator: "\n").count == spectrogram.split(separator: "\n").count)
  }

  @Test(.enabled(if: Gnuplot.program(searchPath: Gnuplot.systemPath) != nil)) func theSheetIsDrawn() throws {
    let url = try sound.write(SyntheticSound.clicks([0.2, 0.6], seconds: 1), "it's two clicks.wav")
    let report = try WaveformAnalysis.run(url, to: sound.folder.appending(path: "drawn"))
    #expect(report.complaints == [])
    #expect(report.files.count == 8)
    let png = try Data(contentsOf: sound.folder.appending(path: "drawn.png"))
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    let svg = try String(contentsOf: sound.folder.appending(path: "drawn.svg"), encoding: .utf8)
    #expect(svg.contains("it&#39;s two clicks.wav") || svg.contains("it's two clicks.wav"))
  }

  @Test func whatIsNoSoundIsSaid() throws {
    let empty = sound.folder.appending(path: "empty.wav")
    try Data().write(to: empty)
    #expect(throws: SoundFileError.empty(path: empty.path)) { try WaveformAnalysis.run(empty, to: nil) }
    let text = sound.folder.appending(path: "text.wav")
    try Data("this is no sound at all".utf8).write(to: text)
    #expect(throws: SoundFileError.self) { try WaveformAnalysis.run(text, to: nil) }
    let missing = sound.folder.appending(path: "missing.wav")
    #expect(throws: SoundFileError.notFound(path: missing.path)) { try WaveformAnalysis.run(missing, to: nil) }
    let short = try sound.write([Float](repeating: 0.1, count: 4000), "short.wav")
    let error = #expect(throws: TrainingError.self) { try WaveformAnalysis.run(short, to: nil, seconds: 5...6) }
    #expect(try #require(error).description.contains("begins at 5 s"))
    let nowhere = sound.folder.appending(path: "no such folder/out")
    #expect(throws: PictureError.self) { try WaveformAnalysis.run(short, to: nowhere) }
  }

  @Test func anInterruptionLeavesNothing() throws {
    let url = try sound.write([Float](repeating: 0.1, count: 4 * 44_100), "long.wav")
    let base = sound.folder.appending(path: "interrupted")
    #expect(throws: TrainingError.self) { try WaveformAnalysis.run(url, to: base) { _ in true } }
    #expect(!FileManager.default.fileExists(atPath: base.path + ".csv"))
  }

  private func analyzed(_ samples: [Float]) throws -> WaveformAnalyzer {
    let analyzer = try WaveformAnalyzer(rate: SyntheticSound.rate)
    samples.withUnsafeBufferPointer { samples in
      for start in stride(from: 0, to: samples.count, by: analyzer.hop) {
        analyzer.process(UnsafeBufferPointer(rebasing: samples[start..<min(samples.count, start + analyzer.hop)]))
      }
    }
    analyzer.finish()
    return analyzer
  }
}
