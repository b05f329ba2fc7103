// Rendering with the installed SoundFont repeats, transposes and makes every kind of sound without a scale.
import Foundation
import Music
import Synth
import Testing

@testable import Training

/// A SoundFont, where one is installed: the small one if it is there, since every test loads it anew.
private let installed: URL? = {
  let small = URL(fileURLWithPath: "/usr/share/sounds/sf2/TimGM6mb.sf2")
  return ((try? SoundFontFile(contentsOf: small)) ?? (try? SoundFontSearch().find()))?.url
}()

@Suite(.enabled(if: installed != nil, "no SoundFont is installed"))
struct RendererTests {
  let renderer: Renderer
  let notes = (0..<8).map {
    Note(pitch: 60 + $0, velocity: 90, onset: Double($0) * 0.2, duration: 0.2, channel: 0)
  }

  init() throws { renderer = try Renderer(soundFont: #require(installed)) }

  @Test(arguments: AudioCondition.allCases)
  func repeats(condition: AudioCondition) throws {
    func render(_ index: UInt64) throws -> [Float] {
      var generator = SplitMix64(seed: 4, index: index)
      return try renderer.render(
        notes, timbre: .random(using: &generator), condition: condition, detuneCents: 20, seconds: 2, using: &generator)
    }
    for index in 0..<4 as Range<UInt64> {
      let first = try render(index)
      #expect(first.count == 44100 && first.allSatisfy { $0.isFinite } && Levels.peak(first) <= 1.0001)
      _ = try render(index + 10)
      let again = try render(index)
      #expect(again == first)
    }
  }

  @Test func transposesAllButPercussion() throws {
    let up = notes.map { Note(pitch: $0.pitch + 5, velocity: 90, onset: $0.onset, duration: 0.2, channel: 0) }
    let transposed = try renderer.dry(notes, timbre: .solo(0), transposition: 5, seconds: 1)
    let written = try renderer.dry(up, timbre: .solo(0), seconds: 1)
    #expect(transposed == written)
    #expect(Renderer.transpose(Note(pitch: 125, velocity: 1, onset: 0, duration: 1, channel: 0), by: 5).pitch == 118)
    #expect(Renderer.transpose(Note(pitch: 2, velocity: 1, onset: 0, duration: 1, channel: 0), by: -5).pitch == 9)
    #expect(Renderer.transpose(Note(pitch: 38, velocity: 1, onset: 0, duration: 1, channel: 9), by: 5).pitch == 38)
  }

  @Test func detuningIsHeard() throws {
    let sharp = try renderer.dry(notes, timbre: .solo(0), detuneCents: 50, seconds: 1)
    let plain = try renderer.dry(notes, timbre: .solo(0), seconds: 1)
    #expect(sharp != plain)
  }

  @Test(arguments: NegativeKind.allCases)
  func negativesSoundAndRepeat(kind: NegativeKind) throws {
    let negatives = Negatives(renderer: renderer)
    for index in 0..<3 as Range<UInt64> {
      var generator = SplitMix64(seed: 8, index: index)
      var again = generator
      let samples = try negatives.make(kind, seconds: 2, using: &generator)
      #expect(samples.count == 44100 && samples.allSatisfy { $0.isFinite })
      let peak = 20 * log10(Double(max(Levels.peak(samples), 1e-9)))
      #expect(kind == .silence ? peak <= -69.9 : (-45.1 ... -0.9).contains(peak))
      let repeated = try negatives.make(kind, seconds: 2, using: &again)
      #expect(repeated == samples)
    }
  }

  @Test func atonalNotesPreferNoPitchClass() {
    var generator = SplitMix64(seed: 2)
    var counts = [Double](repeating: 0, count: 12)
    for _ in 0..<50 {
      for note in Negatives.atonalNotes(seconds: 30, using: &generator) { counts[note.pitch % 12] += note.duration }
    }
    let mean = counts.reduce(0, +) / 12
    #expect(counts.allSatisfy { abs($0 / mean - 1) < 0.1 })
  }
}
