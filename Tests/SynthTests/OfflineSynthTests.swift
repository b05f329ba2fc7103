// Renders repeat exactly, and sound at the pitch and the time that they should.
import Foundation
import Music
import Synth
import Testing

@Suite struct OfflineSynthTests {
  let folder: TemporaryFolder
  let font: SoundFontFile

  init() throws {
    folder = try TemporaryFolder()
    font = try SoundFontFile(contentsOf: try folder.write(TinySoundFont().data, to: "tiny.sf2"))
  }

  private let long = [Note(pitch: 69, velocity: 100, onset: 0, duration: 4, channel: 0)]

  /// Frequency from rising zero crossings, interpolated, between 0.5 s and the end.
  private func frequency(_ samples: [Float], rate: Double) -> Double {
    var crossings: [Double] = []
    for index in Int(rate / 2)..<samples.count - 1 where samples[index] < 0 && samples[index + 1] >= 0 {
      crossings.append(Double(index) + Double(samples[index] / (samples[index] - samples[index + 1])))
    }
    guard let first = crossings.first, let last = crossings.last, crossings.count > 2 else { return 0 }
    return Double(crossings.count - 1) * rate / (last - first)
  }

  @Test func rendersTheSameTwiceWhateverCameBetween() throws {
    let synth = try OfflineSynth(soundFont: font)
    let notes = (0..<40).map {
      Note(pitch: 40 + $0 * 7 % 50, velocity: 60 + $0, onset: Double($0) * 0.1, duration: 0.7, channel: $0 % 4)
    }
    let first = try synth.render(notes, programs: [0: 0, 1: 3], seconds: 3)
    #expect(first.contains { abs($0) > 0.01 })
    #expect(try synth.render(notes, programs: [0: 0, 1: 3], seconds: 3) == first)
    let other = try synth.render(long, programs: [0: 5], cents: 40, seconds: 1)
    #expect(Array(first.prefix(other.count)) != other)
    #expect(try synth.render(notes, programs: [0: 0, 1: 3], seconds: 3) == first)
    let fresh = try OfflineSynth(soundFont: font)
    #expect(try fresh.render(notes, programs: [0: 0, 1: 3], seconds: 3) == first)
  }

  @Test(arguments: [0.0, 50, -50, 13, 1200])
  func tunesByCents(cents: Double) throws {
    let synth = try OfflineSynth(soundFont: font)
    for channel in [0, 1, 8, 10, 15] {
      let notes = [Note(pitch: 69, velocity: 100, onset: 0, duration: 3, channel: channel)]
      let measured = frequency(try synth.render(notes, cents: cents, seconds: 3), rate: 22050)
      #expect(abs(1200 * log2(measured / 441) - cents) < 0.2, "channel \(channel)")
    }
  }

  @Test func drumsKeepTheirPitch() throws {
    let synth = try OfflineSynth(soundFont: font)
    let drum = [Note(pitch: 69, velocity: 100, onset: 0, duration: 3, channel: OfflineSynth.drumChannel)]
    #expect(try synth.render(drum, cents: 50, seconds: 2) == synth.render(drum, seconds: 2))
  }

  @Test(arguments: [8000.0, 22050, 48000, 96000])
  func keepsPitchAtEveryRate(rate: Double) throws {
    let synth = try OfflineSynth(soundFont: font, sampleRate: rate, interpolation: .cubic)
    let samples = try synth.render(long, seconds: 2)
    #expect(samples.count == Int(2 * rate))
    #expect(abs(1200 * log2(frequency(samples, rate: rate) / 441)) < 1)
  }

  @Test func startsAndStopsInTime() throws {
    let synth = try OfflineSynth(soundFont: font)
    let samples = try synth.render(
      [Note(pitch: 69, velocity: 127, onset: 1, duration: 0.5, channel: 0)], seconds: 2)
    let first = try #require(samples.firstIndex { abs($0) > 1e-4 })
    let last = try #require(samples.lastIndex { abs($0) > 1e-3 })
    #expect(abs(Double(first) / 22050 - 1) < 0.005)
    #expect(abs(Double(last) / 22050 - 1.5) < 0.02)
  }

  @Test func overlappingNotesOfOnePitchEndWithTheLast() throws {
    let synth = try OfflineSynth(soundFont: font)
    let notes = [
      Note(pitch: 69, velocity: 100, onset: 0, duration: 0.5, channel: 0),
      Note(pitch: 69, velocity: 100, onset: 0.3, duration: 1, channel: 0),
    ]
    let samples = try synth.render(notes, seconds: 2)
    let last = try #require(samples.lastIndex { abs($0) > 1e-3 })
    #expect(abs(Double(last) / 22050 - 1.3) < 0.02)
  }

  @Test func repeatedNotesSoundAgain() throws {
    let synth = try OfflineSynth(soundFont: font)
    let notes = (0..<4).map { Note(pitch: 69, velocity: 100, onset: Double($0) * 0.5, duration: 0.5, channel: 0) }
    let samples = try synth.render(notes, seconds: 2)
    #expect(samples[40000..<42000].contains { abs($0) > 0.01 })
  }

  @Test func refusesWhatItCannotPlay() throws {
    #expect(throws: SynthError.sampleRate(4000)) { try OfflineSynth(soundFont: font, sampleRate: 4000) }
    #expect(throws: SynthError.sampleRate(.infinity)) { try OfflineSynth(soundFont: font, sampleRate: .infinity) }
    #expect(throws: SynthError.polyphony(0)) { try OfflineSynth(soundFont: font, polyphony: 0) }
    let synth = try OfflineSynth(soundFont: font)
    #expect(throws: SynthError.duration(-1)) { try synth.render([], seconds: -1) }
    #expect(throws: SynthError.tuning(cents: 2000)) { try synth.render([], cents: 2000, seconds: 1) }
    #expect(throws: SynthError.program(channel: 0, program: 128)) {
      try synth.render([], programs: [0: 128], seconds: 1)
    }
    #expect(throws: SynthError.program(channel: 16, program: 0)) { try synth.render([], programs: [16: 0], seconds: 1) }
    let bad = [
      Note(pitch: 128, velocity: 1, onset: 0, duration: 1, channel: 0),
      Note(pitch: 0, velocity: 0, onset: 0, duration: 1, channel: 0),
      Note(pitch: 0, velocity: 1, onset: .nan, duration: 1, channel: 0),
      Note(pitch: 0, velocity: 1, onset: 0, duration: -1, channel: 0),
      Note(pitch: 0, velocity: 1, onset: 0, duration: 1, channel: 16),
    ]
    for note in bad { #expect(throws: SynthError.self) { try synth.render(long + [note], seconds: 1) } }
    #expect(try synth.render([], seconds: 0).isEmpty)
    #expect(try synth.render([], seconds: 1).allSatisfy { $0 == 0 })
  }

  @Test func refusesASoundFontThatFluidSynthRefuses() throws {
    // Structurally sound, but the instrument that the presets name does not exist.
    var data = TinySoundFont().data
    let generators = try #require(data.range(of: Data("pgen".utf8)))
    data[generators.upperBound + 6] = 99
    let url = try folder.write(data, to: "bad.sf2")
    let file = try SoundFontFile(contentsOf: url)
    #expect(throws: SynthError.refused(path: url.path)) { try OfflineSynth(soundFont: file) }
  }

  @Test(.enabled(if: (try? SoundFontSearch().find()) != nil, "no SoundFont is installed"))
  func repeatsWithTheInstalledSoundFont() throws {
    let synth = try OfflineSynth(soundFont: SoundFontSearch().find())
    let notes = (0..<30).map {
      Note(pitch: 45 + $0 * 5 % 40, velocity: 80, onset: Double($0) * 0.1, duration: 0.6, channel: $0 % 10)
    }
    let programs = Dictionary(uniqueKeysWithValues: (0..<9).map { ($0, $0 * 11) })
    let first = try synth.render(notes, programs: programs, cents: 20, seconds: 3)
    _ = try synth.render(notes, programs: [0: 90], seconds: 1)
    #expect(try synth.render(notes, programs: programs, cents: 20, seconds: 3) == first)
  }
}
