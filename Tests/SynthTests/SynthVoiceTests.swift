// SynthVoice: the same events in both ways of rendering, one period apart.
import Foundation
import Realtime
import Testing

@testable import Synth

private func configuration(_ folder: TemporaryFolder, _ rendering: SynthRendering) throws -> SynthConfiguration {
  let file = try SoundFontFile(contentsOf: try folder.write(TinySoundFont().data, to: "tiny.sf2"))
  return SynthConfiguration(soundFont: file, rendering: rendering)
}

/// A voice at 48 kHz; FluidSynth has read the file when this returns.
private func makeVoice(_ rendering: SynthRendering) throws -> SynthVoice {
  let folder = try TemporaryFolder()
  defer { withExtendedLifetime(folder) {} }
  return try SynthVoice(configuration: try configuration(folder, rendering), sampleRate: 48_000)
}

/// Plays periods; between them the rendering thread gets the time that a server would give it.
private func play(
  _ voice: SynthVoice, periods: [Int], pause: UInt32 = 0, _ events: [Int: [(Int, VoiceEvent)]]
) -> [Float] {
  var sound: [Float] = []
  let left = UnsafeMutablePointer<Float>.allocate(capacity: 8192)
  let right = UnsafeMutablePointer<Float>.allocate(capacity: 8192)
  defer {
    left.deallocate()
    right.deallocate()
  }
  for (index, frames) in periods.enumerated() {
    let due = events[index] ?? []
    due.withUnsafeBufferPointer { due in
      withRealtimeRules { cycle(voice, left, right, frames, due) }
    }
    sound += UnsafeBufferPointer(start: left, count: frames)
    if pause > 0 { usleep(pause) }
  }
  return sound
}

@_noLocks private func cycle(
  _ voice: SynthVoice, _ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, _ frames: Int,
  _ events: UnsafeBufferPointer<(Int, VoiceEvent)>
) {
  voice.begin(left: left, right: right, frames: frames)
  for i in 0..<events.count { voice.handle(events[i].1, at: events[i].0) }
  voice.finish()
}

private let melody: [Int: [(Int, VoiceEvent)]] = [
  1: [(17, VoiceEvent(.noteOn, 69, 100))], 5: [(0, VoiceEvent(.noteOn, 76, 90)), (200, VoiceEvent(.noteOff, 69))],
  9: [(64, VoiceEvent(.silence))], 11: [(3, VoiceEvent(.noteOn, 60, 100))],
]

@Suite struct SynthVoiceTests {
  @Test func inTheCallbackASoundIsWhereItsEventIs() throws {
    let voice = try makeVoice(.inCallback)
    let sound = play(voice, periods: [Int](repeating: 256, count: 20), melody)
    let first = try #require(sound.firstIndex { $0 != 0 })
    #expect((256 + 17..<256 + 17 + 64).contains(first))
    #expect(sound[10 * 256..<11 * 256].allSatisfy { $0 == 0 })
    #expect(sound[12 * 256..<20 * 256].contains { abs($0) > 0.01 })
  }

  @Test func aheadIsTheSameOnePeriodLater() throws {
    let folder = try TemporaryFolder()
    let periods = [Int](repeating: 256, count: 24)
    let voice = try SynthVoice(configuration: try configuration(folder, .ahead), sampleRate: 48_000)
    let sound = play(voice, periods: periods, pause: 20_000, melody)
    #expect(voice.underruns == 0)
    // The reference: the same synthesizer with effects, driven directly.
    let live = try LiveSynth(configuration: try configuration(folder, .ahead), sampleRate: 48_000, effects: true)
    var expected = [Float](repeating: 0, count: 25 * 256)
    var other = expected
    for (index, frames) in periods.enumerated() {
      var position = 0
      func advance(to offset: Int) {
        let start = index * 256 + position
        expected.withUnsafeMutableBufferPointer { left in
          other.withUnsafeMutableBufferPointer { right in
            guard let left = left.baseAddress, let right = right.baseAddress else { return }
            live.render(left: left + start, right: right + start, frames: offset - position)
          }
        }
        position = offset
      }
      for (offset, event) in melody[index] ?? [] {
        advance(to: offset)
        live.handle(event, rest: frames - offset)
      }
      advance(to: frames)
    }
    #expect(sound[..<256].allSatisfy { $0 == 0 })
    let isSame = sound[256...].elementsEqual(expected[..<(23 * 256)])
    #expect(isSame)
    #expect(expected.contains { abs($0) > 0.05 })
  }

  @Test func effectsAreHeardAhead() throws {
    let folder = try TemporaryFolder()
    let dry = try LiveSynth(configuration: try configuration(folder, .ahead), sampleRate: 48_000)
    let wet = try LiveSynth(configuration: try configuration(folder, .ahead), sampleRate: 48_000, effects: true)
    func tail(_ synth: LiveSynth) -> Float {
      var block = [Float](repeating: 0, count: 512)
      var energy: Float = 0
      synth.handle(VoiceEvent(.control, 91, 127), rest: 256)
      synth.handle(VoiceEvent(.noteOn, 69, 127), rest: 256)
      for i in 0..<400 {
        if i == 20 { synth.handle(VoiceEvent(.noteOff, 69), rest: 256) }
        block.withUnsafeMutableBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          synth.render(left: base, right: base + 256, frames: 256)
        }
        if i > 60 { energy += block.reduce(0) { $0 + $1 * $1 } }
      }
      return energy
    }
    #expect(tail(wet) > 10 * tail(dry) + 1e-6)
  }

  @Test func aLateRenderingThreadCostsSilenceAndNoDelay() throws {
    let voice = try makeVoice(.ahead)
    _ = play(voice, periods: [Int](repeating: 64, count: 200), [:])  // no time at all between periods
    let underruns = voice.underruns
    #expect(underruns > 0)
    usleep(100_000)  // the thread catches up
    let sound = play(
      voice, periods: [Int](repeating: 64, count: 40), pause: 10_000, [20: [(0, VoiceEvent(.noteOn, 69, 100))]])
    let first = try #require(sound.firstIndex { abs($0) > 1e-5 })  // the reverb is never quite silent
    #expect((21 * 64..<22 * 64).contains(first))  // still one period behind
    #expect(voice.underruns <= underruns + 1)
  }

  @Test func aLongerPeriodBeginsWithSilenceAndIsNoUnderrun() throws {
    let voice = try makeVoice(.ahead)
    let periods = [Int](repeating: 64, count: 10) + [Int](repeating: 1024, count: 6) + [Int](repeating: 64, count: 30)
    let sound = play(voice, periods: periods, pause: 30_000, [10: [(0, VoiceEvent(.noteOn, 69, 100))]])
    let first = try #require(sound.firstIndex { abs($0) > 1e-5 })
    #expect((640 + 1024..<640 + 1024 + 64).contains(first))
    #expect(voice.underruns == 0)
  }
}
