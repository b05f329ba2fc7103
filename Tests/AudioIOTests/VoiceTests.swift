// The voice's part of the cycle without a server: times, silence, overload, and that no note is ever left.
import Foundation
import Realtime
import Synth
import Testing

@testable import AudioIO

/// A context that renders into buffers of its own.
private final class Stage {
  let context: ProcessContext
  let left = UnsafeMutablePointer<Float>.allocate(capacity: 8192)
  let right = UnsafeMutablePointer<Float>.allocate(capacity: 8192)
  var room = 1024
  private(set) var sound: [Float] = []
  private(set) var messages: [(frame: Int, bytes: MIDIBytes)] = []

  init(synth: Bool = true, polyphony: Int = 64) throws {
    // The handle is never followed: only `speak` is called.
    let handle = try #require(OpaquePointer(bitPattern: 64))
    context = ProcessContext(client: handle, ports: ClientPorts(), sampleRate: 48_000, period: 256)
    guard synth else { return }
    let folder = try TemporaryFolder()
    let file = try SoundFontFile(contentsOf: try folder.write(TinySoundFont().data, to: "tiny.sf2"))
    let configuration = SynthConfiguration(soundFont: file, polyphony: polyphony)
    context.exchange.offer(try SynthVoice(configuration: configuration, sampleRate: 48_000))
  }

  deinit {
    left.deallocate()
    right.deallocate()
  }

  var isReady: Bool { context.tally.isReady.load(ordering: .relaxed) }
  var time: Int { context.voice.pointee.time }

  /// One period, as the callback would run it.
  func cycle(_ frames: Int = 256) {
    withRealtimeRules { speak(context, left, right, frames, room) }
    sound += UnsafeBufferPointer(start: left, count: frames)
    for i in 0..<context.outgoing.count {
      let message = context.outgoing.message(i)
      messages.append((time + message.offset, message))
    }
    context.voice.pointee.time += frames
    context.voice.pointee.frameTime &+= UInt32(frames)
  }

  func play(_ event: VoiceEvent) { _ = context.queue(event) }
  func peak(_ range: Range<Int>) -> Float { sound[range].map(abs).max() ?? 0 }
  func count(_ status: UInt8) -> Int { messages.filter { $0.bytes.status & 0xF0 == status }.count }
}

@_noLocks private func speak(
  _ context: ProcessContext, _ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, _ frames: Int,
  _ room: Int
) {
  context.speak(left: left, right: right, frames: frames, messages: room)
}

@Suite struct VoiceTests {
  @Test func eventsTakePlaceAtTheirFrames() throws {
    let stage = try Stage()
    stage.play(VoiceEvent(.noteOn, 69, 100, at: 700))
    stage.play(VoiceEvent(.noteOff, 69, at: 1100))
    stage.play(VoiceEvent(.noteOn, channel: 2, 40, 90, at: 300))  // queued later, due earlier
    for _ in 0..<6 { stage.cycle() }
    #expect(stage.messages.map(\.frame) == [300, 700, 1100])
    #expect(stage.messages.map(\.bytes.status) == [0x92, 0x90, 0x80])
    let first = try #require(stage.sound.firstIndex { $0 != 0 })
    #expect((300..<364 + 8).contains(first))
    #expect(stage.context.tally.late.load(ordering: .relaxed) == 0)
  }

  @Test func lateEventsAndThoseOfAnotherClockAreDueAtOnce() throws {
    let stage = try Stage()
    for _ in 0..<4 { stage.cycle() }
    stage.play(VoiceEvent(.noteOn, 60, 100, at: 10))
    stage.play(VoiceEvent(.noteOn, 64, 100, at: 1 << 30))
    stage.play(VoiceEvent(.noteOn, 67, 100))
    stage.cycle()
    #expect(stage.messages.map(\.frame) == [1024, 1024, 1024])
    #expect(stage.context.tally.late.load(ordering: .relaxed) == 2)
  }

  @Test func frameTimesWrapAround() throws {
    let stage = try Stage()
    stage.context.voice.pointee.frameTime = UInt32.max - 300
    stage.play(VoiceEvent(.noteOn, 60, 100, at: 99))  // 400 frames on
    for _ in 0..<3 { stage.cycle() }
    #expect(stage.messages.map(\.frame) == [400])
  }

  @Test func silenceOvertakesWhatWaitsAndReleasesWhatSounds() throws {
    let stage = try Stage()
    stage.play(VoiceEvent(.noteOn, 69, 100))
    stage.play(VoiceEvent(.noteOn, part: .player, 64, 100))
    stage.play(VoiceEvent(.noteOn, 72, 100, at: 900))
    stage.play(VoiceEvent(.noteOff, 69, at: 1000))
    stage.play(VoiceEvent(.program, 12, at: 1100))
    stage.cycle()
    stage.play(VoiceEvent(.silence))
    stage.play(VoiceEvent(.noteOn, 48, 100, at: 260))  // of the next answer: after the fade
    stage.cycle()
    #expect(stage.context.outgoing.held == 0)
    for _ in 0..<4 { stage.cycle() }
    #expect(stage.messages.map(\.bytes.status) == [0x90, 0x80, 0x90, 0xC0])
    #expect(stage.messages.map(\.bytes.data1) == [69, 69, 48, 12])
    #expect(stage.messages.map(\.frame) == [0, 256, 512, 1100])
    #expect(stage.peak(1024..<1280) > 0.01)  // the player goes on
  }

  @Test func theSilencedAnswerIsSilentAfterOnePeriod() throws {
    let stage = try Stage()
    for pitch in UInt8(60)..<70 { stage.play(VoiceEvent(.noteOn, pitch, 100)) }
    for _ in 0..<10 { stage.cycle() }
    stage.play(VoiceEvent(.silence))
    for _ in 0..<4 { stage.cycle() }
    #expect(stage.peak(2300..<2560) > 0.05)
    #expect(stage.peak(2816..<3584) == 0)
    #expect(stage.count(0x80) == 10)
  }

  @Test func aReleaseThatFindsNoRoomSilencesItsPart() throws {
    let stage = try Stage()
    stage.play(VoiceEvent(.noteOn, 60, 100))
    stage.play(VoiceEvent(.noteOn, part: .player, 76, 100))
    stage.cycle()
    for _ in 0..<5000 { stage.play(VoiceEvent(.control, 1, 5, at: 100_000)) }
    #expect(!stage.context.queue(VoiceEvent(.noteOff, 60)))
    stage.cycle()
    #expect(stage.context.outgoing.held == 0)
    for _ in 0..<3 { stage.cycle() }
    #expect(stage.peak(768..<1024) > 0.01)  // the player's note was not concerned
    #expect(stage.context.voiceTotals.dropped >= 900)
  }

  @Test func aFullScheduleDropsNotesButNoRelease() throws {
    let stage = try Stage()
    stage.play(VoiceEvent(.noteOn, 60, 100))
    stage.cycle()
    for _ in 0..<4096 { stage.play(VoiceEvent(.control, 1, 5, at: 1_000_000)) }
    stage.cycle()
    #expect(stage.context.schedule.count == 4096)
    stage.play(VoiceEvent(.noteOff, 60, at: 600))
    stage.cycle()
    #expect(stage.context.outgoing.held == 0)
    stage.play(VoiceEvent(.noteOn, part: .player, 60, 100))
    stage.play(VoiceEvent(.allOff))
    stage.cycle()
    for _ in 0..<2 { stage.cycle() }
    #expect(stage.context.tally.soundingVoices.load(ordering: .relaxed) == 0)
  }

  @Test func farewellReleasesEverythingForGood() throws {
    let stage = try Stage()
    stage.play(VoiceEvent(.noteOn, channel: 1, 60, 100))
    stage.play(VoiceEvent(.noteOn, part: .player, 62, 100))
    stage.cycle()
    stage.context.tally.farewell.store(1, ordering: .relaxed)
    stage.play(VoiceEvent(.noteOn, 70, 100))
    for _ in 0..<3 { stage.cycle() }
    #expect(stage.context.tally.farewell.load(ordering: .relaxed) == VoiceCounters.delivered)
    #expect(stage.messages.map(\.bytes.status) == [0x91, 0x81, 0xB1, 0xB1])
    #expect(stage.messages.map(\.bytes.data1) == [60, 60, 123, 64])
    #expect(stage.peak(512..<1024) == 0)
  }

  @Test func withoutASynthesizerThereIsSilenceAndStillMIDI() throws {
    let stage = try Stage(synth: false)
    stage.play(VoiceEvent(.noteOn, 60, 100, at: 5))
    stage.cycle()
    #expect(stage.peak(0..<256) == 0)
    #expect(stage.count(0x90) == 1)
    #expect(!stage.isReady)
  }

  @Test func anotherRateIsSilenceUntilItsSynthesizerComes() throws {
    let stage = try Stage()
    stage.play(VoiceEvent(.noteOn, 60, 100))
    stage.cycle()
    stage.context.sampleRate.store(44_100, ordering: .relaxed)
    stage.cycle()
    #expect(stage.peak(256..<512) == 0)
    stage.context.exchange.offer(try SynthVoice(configuration: SynthConfiguration(), sampleRate: 44_100))
    stage.cycle()
    #expect(stage.isReady)
    stage.context.exchange.collect()
    stage.context.exchange.withdraw()
    stage.cycle()
    #expect(!stage.isReady)
  }

  /// Whatever is played, in whatever order, with room or without: when all keys are up, nothing sounds or is held.
  @Test(arguments: 0..<12) func noNoteIsEverLeft(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let stage = try Stage(polyphony: seed % 2 == 0 ? 8 : 64)
    var frame: UInt32 = 1
    for _ in 0..<400 {
      stage.room = [0, 1, 3, 20, 1024].randomElement(using: &random) ?? 0
      for _ in 0..<Int.random(in: 0..<30, using: &random) {
        let part: VoiceEvent.Part = Bool.random(using: &random) ? .player : .answer
        let (channel, pitch) = (UInt8.random(in: 0..<3, using: &random), UInt8.random(in: 40..<80, using: &random))
        let start = Bool.random(using: &random) ? 0 : frame &+ UInt32.random(in: 0..<2000, using: &random)
        let end = start == 0 ? frame &+ 300 : start &+ UInt32.random(in: 0..<3000, using: &random)
        stage.play(VoiceEvent(.noteOn, part: part, channel: channel, pitch, 100, at: start))
        stage.play(VoiceEvent(.noteOff, part: part, channel: channel, pitch, at: end))
        switch Int.random(in: 0..<200, using: &random) {
        case 0...5: stage.play(VoiceEvent(.silence, part: part, at: Bool.random(using: &random) ? 0 : start))
        case 6: stage.play(VoiceEvent(.allOff))
        case 7: for _ in 0..<5000 { stage.play(VoiceEvent(.control, part: part, 1, 5, at: end)) }
        default: break
        }
      }
      let frames = [16, 64, 100, 256, 1024].randomElement(using: &random) ?? 64
      stage.cycle(frames)
      frame &+= UInt32(frames)
    }
    stage.room = 1024
    for _ in 0..<400 { stage.cycle() }  // two seconds: releases included
    #expect(stage.context.schedule.count == 0)
    #expect(stage.context.outgoing.held == 0)
    #expect(stage.context.tally.soundingVoices.load(ordering: .relaxed) == 0)
    #expect(stage.peak(stage.sound.count - 256..<stage.sound.count) == 0)
    // What a receiver makes of the messages: no key is down.
    var down: Set<Int> = []
    for (_, bytes) in stage.messages {
      let key = Int(bytes.status & 15) << 7 | Int(bytes.data1)
      if bytes.status & 0xF0 == 0x90 { down.insert(key) }
      if bytes.status & 0xF0 == 0x80 { down.remove(key) }
    }
    #expect(down.isEmpty)
    #expect(zip(stage.messages, stage.messages.dropFirst()).allSatisfy { $0.frame <= $1.frame })
  }
}

/// SplitMix64.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
