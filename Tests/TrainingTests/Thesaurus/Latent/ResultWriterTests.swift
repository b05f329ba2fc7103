// The files of a result.

import AudioFile
import Foundation
import Improviser
import MIDI
import Music
import Synth
import Testing

@testable import Training

@Suite struct ResultWriterTests {
  private let path = FileManager.default.temporaryDirectory.appending(path: "written-\(UUID().uuidString)").path
  private let result: LatentResult
  private let document: ResultDocument
  private let tonic = PitchClass(wrapping: 2)

  init() throws {
    let decoder = PatternDecoder(model: try LatentModelFixture.exact())
    let ends = try ["tritone/interpolation/1:3", "sesquitone/ultrapolation/2:4"].map { name in
      let pattern = try ThesaurusPattern(name: name)
      return LatentVector(numbers: decoder.model.encode(pattern).mean, origin: .pattern(pattern, file: nil))
    }
    let row = LatentInterpolation(ends[0], ends[1], steps: 4, path: .linear, decoder: decoder)
    let result = LatentResult(row, path: .linear)
    self.result = result
    document = ResultDocument(
      result, tonic: tonic, given: ends, seed: 5, command: "antiphon-train thesaurus interpolate",
      model: ResultDocument.Model(file: "m.safetensors", checksum: "01234567", latent: 36))
  }

  private func write(
    _ formats: Set<ResultFormat>, direction: PatternDirection = .up, searchPath: String = "",
    soundFont: SoundFontFile? = nil, interrupted: Bool = false
  ) throws -> (names: [String], complaints: [String]) {
    var writer = ResultWriter(
      formats: formats, tonic: tonic, direction: direction, soundFont: soundFont, isInterrupted: { interrupted })
    writer.searchPath = searchPath
    let folder = try ResultFolder(path)
    let complaints = try writer.write(result, document: document, to: folder)
    return (try folder.finish(), complaints)
  }

  @Test func everyMIDIFileReadsBackAsItsPattern() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let written = try write([.midi])
    #expect(written.names == (1...4).map { "results-0\($0).mid" } + ["results.mid"] && written.complaints.isEmpty)
    for (number, entry) in result.entries.enumerated() {
      let url = URL(fileURLWithPath: "\(path)/results-0\(number + 1).mid")
      let found = try #require(PatternFinder.find(try StandardMIDIFile(contentsOf: url).notes().map(\.pitch)))
      // The same notes may have a shorter name.
      #expect(LineKey(found.pattern) == LineKey(entry.point.pattern))
      #expect(found.scale.tonic == tonic)
    }
    let all = try StandardMIDIFile(contentsOf: URL(fileURLWithPath: path + "/results.mid"))
    #expect(all.notes().count == result.entries.reduce(0) { $0 + $1.point.pattern.ascent.count })
    #expect(all.trackNames == ["A", "2", "3", "B"])
  }

  @Test func jsonHoldsEverything() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try write([.json])
    let data = try Data(contentsOf: URL(fileURLWithPath: path + "/results.json"))
    let read = try JSONDecoder().decode(ResultDocument.self, from: data)
    #expect(read.kind == "interpolate" && read.seed == 5 && read.tonic == "D" && read.path == "linear")
    #expect(read.model == document.model && read.given == ["tritone/interpolation/1:3", "sesquitone/ultrapolation/2:4"])
    #expect(read.patterns.map(\.latent) == result.entries.map(\.point.numbers))
    #expect(read.patterns[0].pitches == [62, 65, 68, 71, 74] && read.patterns[0].cell == [62, 65, 68])
    #expect(read.patterns[1].changedNotes == result.entries[1].changes && read.patterns[1].distances?.count == 2)
    #expect(Set(read.figures.keys).contains("changed notes, largest step"))
  }

  @Test func withoutLilyPondTheRestComes() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let written = try write([.png, .svg, .pdf, .ly, .json])
    #expect(written.names == ["results.json", "results.ly"])
    #expect(written.complaints.count == 1 && written.complaints[0].contains("install it with"))
  }

  @Test func interruptionLeavesNothing() throws {
    #expect(throws: TrainingError.self) { try write([.json, .midi], interrupted: true) }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func engravesThePicturesWhereLilyPondIs() throws {
    guard LilyPond(searchPath: Engraver.systemPath) != nil else { return }
    defer { try? FileManager.default.removeItem(atPath: path) }
    let written = try write([.svg], searchPath: Engraver.systemPath)
    #expect(written.complaints.isEmpty && written.names == ["results.svg"])
    let picture = try String(contentsOfFile: path + "/results.svg", encoding: .utf8)
    #expect(picture.contains("<svg"))
  }

  /// While each note of the first pattern sounds, its frequency is stronger than those a semitone beside it.
  @Test func soundPlaysThePitches() throws {
    guard let font = try? SoundFontSearch().find() else { return }
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try write([.wav], soundFont: font).names == ["results.wav"])
    let sound = try SoundFile(path: path + "/results.wav")
    let score = ResultWriter(formats: [], tonic: tonic, direction: .up, soundFont: nil).score(result)
    let notes = PatternMIDI.notes(score)
    let seconds = (notes.map(\.end).max() ?? 0) + 1.5
    #expect(abs((sound.announcedDuration ?? 0) - seconds) < 0.01)
    var samples = [Float](repeating: 0, count: Int(2 * sound.sampleRate))
    let count = try samples.withUnsafeMutableBufferPointer { try sound.read(into: $0) }
    #expect(count == samples.count)
    let peak = samples.reduce(0) { max($0, abs($1)) }
    #expect(peak > 0.1 && peak < 0.71, "loud enough, and not clipped")
    for note in notes.prefix(5) {
      let start = Int((note.onset + 0.02) * sound.sampleRate)
      let part = Array(samples[start..<(start + Int(0.22 * sound.sampleRate))])
      let powers = [-1, 0, 1].map { Self.power(of: note.pitch + $0, in: part, sound.sampleRate) }
      #expect(powers[1] > 2 * powers[0] && powers[1] > 2 * powers[2], "\(note.pitch): \(powers)")
    }
  }

  /// The power of a MIDI pitch's frequency, by correlation with a sine and a cosine under Hann's window.
  private static func power(of pitch: Int, in samples: [Float], _ rate: Double) -> Double {
    let step = 2 * Double.pi * 440 * pow(2, Double(pitch - 69) / 12) / rate
    var (real, imaginary) = (0.0, 0.0)
    for (index, sample) in samples.enumerated() {
      let window = 1 - cos(2 * .pi * Double(index) / Double(samples.count))
      real += window * Double(sample) * cos(step * Double(index))
      imaginary += window * Double(sample) * sin(step * Double(index))
    }
    return real * real + imaginary * imaginary
  }
}
