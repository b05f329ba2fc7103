// LiveSynth: when notes begin, how parts fall silent, and that the audio thread may call it.
import Foundation
import Realtime
import Testing

@testable import Synth

/// Two channels that a synthesizer fills, with events at frames.
private struct Take {
  var left: [Float]
  var right: [Float]

  /// - Parameter events: with the frames at which they are given, in order; a period is the whole take.
  init(_ synth: LiveSynth, frames: Int, period: Int = 256, events: [(Int, VoiceEvent)]) {
    left = [Float](repeating: .nan, count: frames)
    right = left
    left.withUnsafeMutableBufferPointer { left in
      right.withUnsafeMutableBufferPointer { right in
        guard let l = left.baseAddress, let r = right.baseAddress else { return }
        var position = 0
        func advance(to frame: Int) {
          while position < frame {
            let count = min(period - position % period, frame - position)
            synth.render(left: l + position, right: r + position, frames: count)
            position += count
          }
        }
        for (frame, event) in events {
          advance(to: frame)
          synth.handle(event, rest: min(period - frame % period, frames - frame))
        }
        advance(to: frames)
      }
    }
  }

  var peak: Float { zip(left, right).map { max(abs($0), abs($1)) }.max() ?? 0 }
  var firstSound: Int? { left.indices.first { left[$0] != 0 || right[$0] != 0 } }
  /// Largest step between neighbouring frames.
  func step(_ range: Range<Int>) -> Float {
    range.dropFirst().map { abs(left[$0] - left[$0 - 1]) }.max() ?? 0
  }
}

private struct Fixture {
  let folder: TemporaryFolder
  let file: SoundFontFile
  init(_ font: TinySoundFont = TinySoundFont()) throws {
    folder = try TemporaryFolder()
    file = try SoundFontFile(contentsOf: try folder.write(font.data, to: "tiny.sf2"))
  }
  func synth(_ rate: Int = 48_000, polyphony: Int = 128, gain: Double = 0.4) throws -> LiveSynth {
    try LiveSynth(
      configuration: SynthConfiguration(soundFont: file, gain: gain, polyphony: polyphony), sampleRate: rate)
  }
}

private func on(_ pitch: UInt8, _ part: VoiceEvent.Part = .answer, velocity: UInt8 = 100) -> VoiceEvent {
  VoiceEvent(.noteOn, part: part, pitch, velocity)
}

@Suite struct LiveSynthTests {
  @Test(arguments: [0, 1, 63, 64, 65, 100, 300, 511]) func aNoteOutOfSilenceBeginsAtItsFrame(_ frame: Int) throws {
    let take = Take(try Fixture().synth(), frames: 1024, events: [(frame, on(69))])
    let first = try #require(take.firstSound)
    #expect((frame..<frame + 8).contains(first))  // the tone itself begins with a zero
  }

  @Test(arguments: [1, 63, 65, 300]) func aNoteBesideAnotherBeginsWithinABlock(_ frame: Int) throws {
    let alone = Take(try Fixture().synth(), frames: 1024, events: [(0, on(57))])
    let both = Take(try Fixture().synth(), frames: 1024, events: [(0, on(57)), (frame, on(69))])
    let first = try #require(alone.left.indices.first { alone.left[$0] != both.left[$0] })
    #expect((frame..<frame + 64 + 8).contains(first))
  }

  @Test func aNoteAfterLongSilenceIsWhereItBelongsAndAsLoud() throws {
    let fixture = try Fixture()
    let (off, gap) = (VoiceEvent(.noteOff, part: .answer, 69), 96_017)  // out of step with FluidSynth's blocks
    let take = Take(
      try fixture.synth(), frames: gap + 9600, events: [(0, on(69)), (2401, off), (gap, on(69)), (gap + 2401, off)])
    let again = try #require(take.left[48_000...].firstIndex { $0 != 0 })
    #expect((gap..<gap + 8).contains(again))
    let energy = { (start: Int) in take.left[start..<start + 2400].map { $0 * $0 }.reduce(0, +) }
    #expect(abs(energy(gap) / energy(0) - 1) < 0.05)
    #expect(take.left[(gap + 9000)...].allSatisfy { $0 == 0 })
  }

  // The pitches end at different places in FluidSynth's blocks.
  @Test(arguments: [17, 48, 441], [60, 64, 67, 70]) func theEndOfASoundIsWholeWhateverThePeriod(
    _ period: Int, _ pitch: UInt8
  ) throws {
    let fixture = try Fixture(TinySoundFont(isLooped: false))
    let whole = Take(try fixture.synth(), frames: 12_000, period: 64, events: [(0, on(pitch))])
    let last = try #require(whole.left.lastIndex { $0 != 0 })
    #expect((4000..<11_000).contains(last))
    let take = Take(try fixture.synth(), frames: 12_000, period: period, events: [(0, on(pitch))])
    #expect(take.left == whole.left && take.right == whole.right)
  }

  @Test func anAnswerFallsSilentWithinThePeriodWithoutAClick() throws {
    let (start, period, fade) = (4800, 240, 64)
    let fixture = try Fixture()
    let steady = Take(try fixture.synth(), frames: 9600, period: period, events: [(0, on(69)), (0, on(76))])
    let events = [(0, on(69)), (0, on(76)), (start, VoiceEvent(.silence))]
    let take = Take(try fixture.synth(), frames: 9600, period: period, events: events)
    #expect((0..<start).allSatisfy { take.left[$0] == steady.left[$0] })
    #expect(take.left[(start + fade)...].allSatisfy { $0 == 0 })
    #expect(take.right[(start + fade)...].allSatisfy { $0 == 0 })
    for i in 0..<fade {
      let gain = Float(fade - i - 1) / Float(fade)
      #expect(abs(take.left[start + i] - steady.left[start + i] * gain) < 1e-6)
    }
    let allowed = steady.step(start - 480..<start) + steady.peak / Float(fade)
    #expect(take.step(start - 480..<9600) <= allowed)
  }

  @Test func thePlayerIsUntouchedByTheAnswersSilence() throws {
    let fixture = try Fixture()
    // One note: FluidSynth begins a note differently in a voice that another had before.
    let alone = Take(try fixture.synth(), frames: 9600, events: [(100, on(64, .player))])
    let both = Take(
      try fixture.synth(), frames: 9600, period: 256,
      events: [(100, on(64, .player)), (200, on(52)), (2048, VoiceEvent(.silence))])
    #expect((300..<2048).contains { both.left[$0] != alone.left[$0] })
    let difference = (2304..<9600).filter { both.left[$0] != alone.left[$0] }
    #expect(difference.isEmpty, "from \(difference.first ?? 0) to \(difference.last ?? 0)")
    #expect(both.right[2304...].elementsEqual(alone.right[2304...]))
  }

  /// Periods that are no multiple of FluidSynth's block leave frames of the old sound in it.
  @Test(arguments: [48, 100, 441]) func theNextAnswerBeginsWithoutWhatWasLeftOfTheOldOne(_ period: Int) throws {
    let fixture = try Fixture()
    let start = period * (2000 / period)
    let next = start + period
    let take = Take(
      try fixture.synth(), frames: next + 2000, period: period,
      events: [(0, on(69)), (start, VoiceEvent(.silence)), (next, on(69))])
    let first = try #require(take.left[next...].firstIndex { $0 != 0 })
    let block = (next + 63) / 64 * 64
    #expect(first >= block && first < block + 8)
    #expect(abs(take.left[first]) < 0.02)  // a new attack, not a jump into the old tone
    #expect(take.left[(next + 500)...].contains { abs($0) > 0.01 })
  }

  @Test func allOffEndsBothParts() throws {
    let synth = try Fixture().synth()
    let take = Take(
      synth, frames: 2048, events: [(0, on(60)), (0, on(64, .player)), (1024, VoiceEvent(.allOff))])
    #expect(take.left[1280...].allSatisfy { $0 == 0 })
    let after = Take(synth, frames: 1024, events: [])
    #expect(after.peak == 0)
    #expect(synth.soundingVoices == 0)
    #expect(Take(synth, frames: 1024, events: [(0, on(64, .player))]).peak > 0.01)
  }

  @Test func aPedalThatWasDownIsUpAfterSilence() throws {
    let synth = try Fixture().synth()
    let pedal = VoiceEvent(.control, 64, 127)
    _ = Take(synth, frames: 1024, events: [(0, pedal), (0, on(60)), (512, VoiceEvent(.silence))])
    _ = Take(synth, frames: 1024, events: [(0, on(60)), (512, VoiceEvent(.noteOff, 60))])
    _ = Take(synth, frames: 48_000, events: [])
    #expect(synth.soundingVoices == 0)
  }

  @Test func programsControllersAndBendsReachTheirPartAlone() throws {
    let fixture = try Fixture()
    let plain = Take(try fixture.synth(), frames: 4800, events: [(0, on(69, .player))])
    for event in [VoiceEvent(.control, 7, 0), .pitchBend(8191), VoiceEvent(.program, 5)] {
      #expect(Take(try fixture.synth(), frames: 4800, events: [(0, event), (0, on(69, .player))]).left == plain.left)
    }
    let quiet = Take(try fixture.synth(), frames: 4800, events: [(0, VoiceEvent(.control, 7, 20)), (0, on(69))])
    #expect(quiet.peak < plain.peak / 4)
    let bent = Take(try fixture.synth(), frames: 4800, events: [(0, .pitchBend(8191)), (0, on(69))])
    #expect(bent.left != plain.left && bent.peak > plain.peak / 2)
  }

  @Test func gainScales() throws {
    let fixture = try Fixture()
    let loud = Take(try fixture.synth(gain: 0.8), frames: 4800, events: [(0, on(69))]).peak
    let soft = Take(try fixture.synth(gain: 0.2), frames: 4800, events: [(0, on(69))]).peak
    #expect(abs(loud / soft - 4) < 0.01)
  }

  @Test func withoutASoundFontThereIsSilence() throws {
    let synth = try LiveSynth(configuration: SynthConfiguration(), sampleRate: 48_000)
    #expect(!synth.hasSoundFont)
    #expect(Take(synth, frames: 2000, events: [(0, on(60)), (700, VoiceEvent(.silence))]).peak == 0)
  }

  @Test func settingsAreLimitedAndRatesRefused() throws {
    let settings = SynthConfiguration(gain: .infinity, polyphony: -3)
    #expect(settings.gain == 10 && settings.polyphony == 1)
    #expect(SynthConfiguration(gain: .nan).gain == 0.4)
    #expect(throws: SynthError.sampleRate(192_000)) { try LiveSynth(configuration: settings, sampleRate: 192_000) }
    let file = try Fixture().file  // its folder is gone with the fixture
    let gone = SynthConfiguration(soundFont: file)
    #expect(throws: SynthError.refused(path: file.url.path)) { try LiveSynth(configuration: gone, sampleRate: 48_000) }
  }

  /// Random events, many more notes than voices: the audio thread's rules hold, and nothing is left sounding.
  @Test(arguments: [4, 128]) func overloadIsRealtimeSafeAndLeavesNothing(_ polyphony: Int) throws {
    let synth = try Fixture().synth(polyphony: polyphony)
    let block = UnsafeMutablePointer<Float>.allocate(capacity: 512)
    defer { block.deallocate() }
    let peak = withRealtimeRules { overload(synth, block) }
    #expect(peak > 0.1)
    #expect(synth.soundingVoices <= polyphony)
    synth.handle(VoiceEvent(.allOff), rest: 256)
    _ = Take(synth, frames: 1024, events: [])
    #expect(synth.soundingVoices == 0)
  }
}

/// Two thousand periods of 256 frames with eight random events each.
@_noLocks private func overload(_ synth: LiveSynth, _ block: UnsafeMutablePointer<Float>) -> Float {
  var random: UInt32 = 1
  var peak: Float = 0
  for _ in 0..<2000 {
    for step in 0..<8 {
      random = random &* 1_664_525 &+ 1_013_904_223
      let data = UInt8(truncatingIfNeeded: random &>> 16) & 127
      let part: VoiceEvent.Part = random &>> 30 == 0 ? .player : .answer
      let channel = UInt8(truncatingIfNeeded: random &>> 24) & 15
      var kind = VoiceEvent.Kind.noteOn
      switch (random &>> 8) % 32 {
      case 0: kind = .silence
      case 1: kind = .program
      case 2: kind = .control
      case 3: kind = .pitchBend
      case 4: kind = .allOff
      case 5..<12: kind = .noteOff
      default: kind = .noteOn
      }
      synth.handle(VoiceEvent(kind, part: part, channel: channel, data, 100), rest: 256 &- step &* 32)
      synth.render(left: block, right: block + 256, frames: 32)
      for i in 0..<32 where block[i] > peak { peak = block[i] }
    }
  }
  return peak
}
