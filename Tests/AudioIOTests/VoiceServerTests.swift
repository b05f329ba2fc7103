// The voice against real jackd servers: sound, latency, MIDI both ways, deaths, stops, and the audio thread's rules.
import CJACK
import CKernels
import Foundation
import Logging
import Realtime
import Synth
import Testing

@testable import AudioIO

private func seconds() -> Double { Double(realtime_nanoseconds()) * 1e-9 }

/// A client with the tiny SoundFont.
private final class Voice {
  let client: JackClient
  let folder: TemporaryFolder

  init(
    server: String, playback: PlaybackPolicy = .none, rendering: SynthRendering = .inCallback, polyphony: Int = 64
  ) throws {
    folder = try TemporaryFolder()
    let file = try SoundFontFile(contentsOf: try folder.write(TinySoundFont().data, to: "tiny.sf2"))
    let configuration = try JackConfiguration(
      clientName: "voice", serverName: server, connect: .none, playback: playback,
      synth: SynthConfiguration(soundFont: file, rendering: rendering, polyphony: polyphony))
    var timing = SupervisionTiming()
    timing.interval = 0.02
    timing.limits.proven = 0.05
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    client = JackClient(configuration: configuration, logger: logger, timing: timing)
    client.start()
  }

  deinit { client.stop() }

  var status: AudioStatus { client.status }
  var isReady: Bool { status.state == .active && status.voice.isReady }

  /// Plays a note now and waits for its sound to reach the peer.
  /// - Returns: frames from the call to the first sounding one.
  func strike(_ peer: TestPeer, _ pitch: UInt8 = 69) throws -> Int? {
    while peer.onsets.pop() != nil {}
    guard eventually(within: 5, { peer.quiet.load(ordering: .relaxed) > 1000 }) else { return nil }
    // The clock runs from the client's first cycle on, which may be a moment after it became active.
    #expect(eventually(within: 5) { client.clock != nil })
    let clock = try #require(client.clock)
    let call = clock.frame(at: seconds())
    client.play(VoiceEvent(.noteOn, pitch, 100))
    var onset: UInt32?
    guard eventually(within: 2, {
      onset = onset ?? peer.onsets.pop()
      return onset != nil
    }) else { return nil }
    client.play(VoiceEvent(.silence))
    return onset.map { Int(Int32(bitPattern: $0 &- call)) }
  }
}

extension JackServers {
  @Suite struct VoiceServerTests {}
}

extension JackServers.VoiceServerTests {
  @Test(.timeLimit(.minutes(10))) func aNoteSoundsWithinAPeriodAndAMillisecond() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 256)
    let voice = try Voice(server: server.name)
    #expect(eventually { voice.isReady })
    let peer = try #require(TestPeer.opened(on: server))
    defer { peer.close() }
    #expect(peer.wire(to: "voice"))
    var delays: [Int] = []
    for _ in 0..<40 { if let delay = try voice.strike(peer) { delays.append(delay) } }
    delays.sort()
    print("from play to the first frame: median \(delays[delays.count / 2]), worst \(delays.last ?? 0) frames of 48 kHz")
    #expect(delays.count == 40)
    #expect(delays[delays.count / 2] <= 256 + 48)
    let status = voice.status.voice
    #expect(status.soundFont == "tiny.sf2" && status.problem == nil)
    #expect(status.droppedEvents == 0 && status.underruns == 0)
  }

  @Test(.timeLimit(.minutes(10))) func aScheduledNoteIsWhereTheClockSays() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 256)
    let voice = try Voice(server: server.name)
    #expect(eventually { voice.isReady })
    let peer = try #require(TestPeer.opened(on: server))
    defer { peer.close() }
    #expect(peer.wire(to: "voice"))
    var exact = 0
    for i in 0..<10 {
      while peer.onsets.pop() != nil {}
      let clock = try #require(voice.client.clock)
      let frame = clock.frame(at: seconds() + 0.15 + Double(i) * 0.0007)
      voice.client.play(VoiceEvent(.noteOn, 69, 100, at: frame))
      voice.client.play(VoiceEvent(.noteOff, 69, at: frame &+ 2000))
      var onset: UInt32?
      #expect(
        eventually(within: 3) {
          onset = onset ?? peer.onsets.pop()
          return onset != nil
        })
      let offset = Int(Int32(bitPattern: (onset ?? 0) &- frame))
      // A cycle that the server lost makes what was due in it late.
      #expect((0..<256 + 64 + 8).contains(offset) || voice.status.xruns > 0)
      if (0..<64 + 8).contains(offset) { exact += 1 }
      #expect(eventually { peer.quiet.load(ordering: .relaxed) > 1000 })
    }
    #expect(exact == 10 || voice.status.xruns > 0 && exact >= 3)
    let starts = peer.received().filter { $0.status == 0x90 }
    #expect(starts.count == 10)
    #expect(voice.status.voice.lateEvents == 0 || voice.status.xruns > 0)
  }

  @Test(.timeLimit(.minutes(10))) func silenceIsWithinAPeriodAndThePlayerGoesOn() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 1024)
    let voice = try Voice(server: server.name)
    #expect(eventually { voice.isReady })
    let peer = try #require(TestPeer.opened(on: server))
    defer { peer.close() }
    #expect(peer.wire(to: "voice"))
    voice.client.play(VoiceEvent(.noteOn, 69, 100))
    #expect(eventually { peer.quiet.load(ordering: .relaxed) < 100 })
    let frame = try #require(voice.client.clock).frame(at: seconds())
    voice.client.play(VoiceEvent(.silence))
    #expect(eventually { peer.quiet.load(ordering: .relaxed) > 2048 })
    let off = try #require(peer.received().last)
    #expect(off.status == 0x80)
    // The note-off stands at the begin of the period in which the sound fades out.
    #expect(Int(Int32(bitPattern: off.frame &- frame)) <= 1024 + 48)
  }

  @Test("server SIGKILL: sounding notes released, sound at another rate", .timeLimit(.minutes(10)))
  func soundReturnsAfterTheServersDeathAtAnotherRate() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 256)
    let voice = try Voice(server: server.name, playback: .firstPair)
    #expect(eventually { voice.isReady })
    #expect(eventually { voice.status.voice.outputs == ["system:playback_1", "system:playback_2"] })
    for (rate, period) in [(44_100, 512), (96_000, 64), (22_050, 1024)] {
      let first = try #require(TestPeer.opened(on: server))
      #expect(first.wire(to: "voice"))
      voice.client.play(VoiceEvent(.program, 5))
      voice.client.play(VoiceEvent(.noteOn, 69, 100))  // still sounding when the server dies
      #expect(eventually { first.quiet.load(ordering: .relaxed) < 100 })
      server.murder()
      #expect(eventually { voice.status.state != .active })
      #expect(voice.client.clock == nil)
      #expect(!voice.client.play(VoiceEvent(.noteOn, 60, 100)))
      first.close()
      try server.start(rate: rate, period: period)
      #expect(eventually(within: 20) { voice.isReady && voice.status.sampleRate == rate })
      #expect(voice.status.voice.soundingVoices == 0 && voice.status.voice.heldNotes == 0)
      let peer = try #require(TestPeer.opened(on: server))
      #expect(peer.wire(to: "voice"))
      #expect(try voice.strike(peer) != nil)
      #expect(eventually { Set(voice.status.voice.outputs).isSuperset(of: ["system:playback_1", "system:playback_2"]) })
      peer.close()
    }
  }

  @Test(.timeLimit(.minutes(10))) func aRateBeyondTheSynthesizerIsAProblemInWords() throws {
    let server = TestServer()
    try server.start(rate: 192_000, period: 1024)
    let voice = try Voice(server: server.name)
    #expect(eventually { voice.status.voice.problem?.contains("192000 Hz") == true })
    #expect(eventually { voice.status.state == .active })
    #expect(!voice.isReady)
    voice.client.setSynth(SynthConfiguration())
    #expect(eventually { voice.status.voice.problem?.contains("No SoundFont") == true })
  }

  @Test("keyboard on JACK unplugged with held notes", .timeLimit(.minutes(10)))
  func midiArrivesWithItsFrameAndALostKeyboardIsTold() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 256, isSynchronous: false)
    let voice = try Voice(server: server.name)
    #expect(eventually { voice.status.state == .active })
    let peer = try #require(TestPeer.opened(on: server))
    // This way only: a loop of two clients would be heard a period late.
    #expect(jack_connect(peer.client, "peer:send", "voice:midi_in") == 0)
    #expect(eventually { voice.status.voice.midiSources == ["peer:send"] })
    var got: [JackMIDIInput] = []
    voice.client.readMIDI { got.append($0) }
    peer.outbox.push(JackMIDIInput(frame: 0, length: 3, status: 0x93, data1: 61, data2: 99))
    peer.outbox.push(JackMIDIInput(frame: 0, length: 2, status: 0xC3, data1: 7))
    peer.outbox.push(JackMIDIInput(frame: 0, length: 1, status: 0xF8))
    peer.outbox.push(JackMIDIInput(frame: 0, length: 9))
    #expect(
      eventually {
        voice.client.readMIDI { got.append($0) }
        return got.count >= 3 && voice.status.voice.longMessages == 1
      })
    #expect(got.map(\.status) == [0x93, 0xC3, 0xF8])
    #expect(got.map(\.length) == [3, 2, 1])
    #expect(got.first?.data2 == 99)
    #expect(got.first?.frame == peer.sent.pop())
    got = []
    peer.close()
    #expect(
      eventually {
        voice.client.readMIDI { got.append($0) }
        return got.contains(where: \.isLoss)
      })
  }

  @Test("stop: all sounding notes off on JACK", .timeLimit(.minutes(10)))
  func stopReleasesWhatReceiversHold() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 256)
    let voice = try Voice(server: server.name)
    #expect(eventually { voice.isReady })
    let peer = try #require(TestPeer.opened(on: server))
    defer { peer.close() }
    #expect(peer.wire(to: "voice"))
    for pitch in UInt8(60)..<65 { voice.client.play(VoiceEvent(.noteOn, channel: 1, pitch, 100)) }
    #expect(eventually { voice.status.voice.heldNotes == 5 })
    voice.client.stop()
    let messages = peer.received()
    #expect(messages.filter { $0.status == 0x91 }.count == 5)
    #expect(messages.filter { $0.status == 0x81 }.count == 5)
    #expect(messages.suffix(2).map(\.status) == [0xB1, 0xB1])
    #expect(messages.suffix(2).map(\.data1) == [123, 64])
  }

  @Test(.timeLimit(.minutes(10)), .enabled(if: isInstalled("jack_transport"), "jack_transport is not installed"))
  func theTransportIsSeen() throws {
    let server = TestServer()
    try server.start()
    let voice = try Voice(server: server.name)
    #expect(eventually { voice.status.state == .active })
    let peer = try #require(TestPeer.opened(on: server))
    defer { peer.close() }
    jack_set_timebase_callback(peer.client, 0, keepTime, nil)
    jack_transport_start(peer.client)
    #expect(eventually { voice.client.transport.isRolling && voice.client.transport.position != nil })
    let position = try #require(voice.client.transport.position)
    #expect(position == Transport.Position(bar: 3, beat: 2, phase: 0.25, beatsPerBar: 4, tempo: 96))
    jack_transport_stop(peer.client)
    #expect(eventually { !voice.client.transport.isRolling })
  }

  @Test(.timeLimit(.minutes(10))) func renderingAheadSoundsOnePeriodLater() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 1024)
    let voice = try Voice(server: server.name, rendering: .ahead)
    #expect(eventually { voice.isReady })
    let peer = try #require(TestPeer.opened(on: server))
    defer { peer.close() }
    #expect(peer.wire(to: "voice"))
    let clock = try #require(voice.client.clock)
    let frame = clock.frame(at: seconds() + 0.2)
    voice.client.play(VoiceEvent(.noteOn, 69, 100, at: frame))
    var onset: UInt32?
    #expect(
      eventually(within: 3) {
        onset = onset ?? peer.onsets.pop()
        return onset != nil
      })
    let offset = Int(Int32(bitPattern: (onset ?? 0) &- frame))
    #expect((1024..<1024 + 64 + 8).contains(offset), "\(voice.status.voice.underruns) underruns")
  }

  /// The whole cycle with events, silences and more notes than voices under RealtimeSanitizer; in other builds this only
  /// shows that it runs.
  @Test(.timeLimit(.minutes(10))) func theWholeCycleOfTheVoiceIsRealtimeSafe() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 64)
    let voice = try Voice(server: server.name, polyphony: 16)
    #expect(eventually { voice.isReady })
    let peer = try #require(TestPeer.opened(on: server))
    defer { peer.close() }
    #expect(peer.wire(to: "voice"))
    var random = SplitMix64(seed: 3)
    let start = voice.status.cycles
    var most = 0
    while voice.status.cycles < start + 1500 {
      let clock = try #require(voice.client.clock)
      for _ in 0..<20 {
        let pitch = UInt8.random(in: 30..<100, using: &random)
        let part: VoiceEvent.Part = Bool.random(using: &random) ? .player : .answer
        let frame = clock.frame(at: seconds() + Double.random(in: 0..<0.02, using: &random))
        voice.client.play(VoiceEvent(.noteOn, part: part, pitch, 100, at: frame))
        voice.client.play(VoiceEvent(.noteOff, part: part, pitch, at: frame &+ 700))
        if pitch == 60 { voice.client.play(VoiceEvent(.silence)) }
        if pitch == 61 { voice.client.play(VoiceEvent(.program, pitch % 7)) }
        if pitch == 62 { voice.client.play(VoiceEvent.pitchBend(1000)) }
        if pitch == 63 { peer.outbox.push(JackMIDIInput(frame: 0, length: 3, status: 0x90, data1: 60, data2: 1)) }
      }
      most = max(most, voice.status.voice.soundingVoices)
      usleep(1000)
    }
    #expect(most > 8 && most <= 32)  // stolen voices fade, and count until they have
    let status = voice.status
    print("voice cycles \(status.cycles), checked: \(isRealtimeChecked), mean \(status.callbackMean) µs, "
      + "median \(status.callbackMedian) µs, worst \(status.callbackWorst) µs, xruns \(status.xruns)")
    #expect(eventually { voice.status.voice.soundingVoices == 0 && voice.status.voice.heldNotes == 0 })
  }
}

private func keepTime(
  _ state: jack_transport_state_t, _ frames: jack_nframes_t, _ position: UnsafeMutablePointer<jack_position_t>?,
  _ isNew: Int32, _ argument: UnsafeMutableRawPointer?
) {
  guard let position else { return }
  position.pointee.valid = JackPositionBBT
  position.pointee.bar = 3
  position.pointee.beat = 2
  position.pointee.tick = 480
  position.pointee.beats_per_bar = 4
  position.pointee.ticks_per_beat = 1920
  position.pointee.beats_per_minute = 96
}
