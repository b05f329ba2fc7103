// The JACK client as the hands see it.

import AudioIO
import Control
import MIDI
import MIDIIO
import Synth

/// Messages to events of the audio thread, and JACK's MIDI to messages.
final class JackVoice: Voice {
  /// Seconds between two reads at least, and between two looks whether something is connected.
  private static let reading = 0.001
  private static let looking = 0.1
  /// Seconds from a cycle's beginning to the time at which its messages have surely been handed over.
  private static let afterCycle = 0.0003
  /// Who plays, when several ports are wired to the one input.
  private static let input = SourceIdentity(client: "JACK", port: "midi_in")

  private let client: JackClient
  private var parser = MIDIParser()
  /// What JACK's players hold: a source that vanishes sends no note-offs.
  private var held = HeldNotes<Int>()
  private var sources: [String] = []
  private var nextLook = -Double.infinity

  init(_ client: JackClient) {
    self.client = client
  }

  func playThru(_ message: MIDIMessage) { send(message, .player, 0) }

  func play(_ message: MIDIMessage, at time: Double) { send(message, .answer, frame(at: time)) }

  func silenceAnswer() { client.play(VoiceEvent(.silence, part: .answer)) }

  func silence() { client.play(VoiceEvent(.allOff)) }

  func read(_ body: (MIDIInputEvent) -> Void) {
    look(body)
    let clock = client.clock
    // The frames of a cycle lie ahead of the moment in which it runs.
    let period = clock.map { Double($0.period) / Double(max(1, $0.sampleRate)) } ?? 0
    client.readMIDI { input in
      let now = MonotonicTime.now
      // Nobody knows what was lost: what is held counts as released.
      if input.isLoss { return lose(at: now, body) }
      let time = clock.map { min($0.seconds(ofFrame: input.frame), now + period) } ?? now
      let bytes = [input.status, input.data1, input.data2].prefix(Int(min(input.length, 3)))
      for message in parser.parse(bytes) {
        held.hear(message, from: 0)
        body(.message(TimedMIDI(message: message, source: Self.input, time: time)))
      }
    }
  }

  var hasInput: Bool { client.hasMIDI || MonotonicTime.now >= nextLook }

  var nap: Double? {
    guard !sources.isEmpty, let clock = client.clock else { return Self.looking }
    // Messages come once a cycle: soon after its beginning there is something to read, or nothing until the next.
    let period = Double(clock.period) / Double(max(1, clock.sampleRate))
    let now = MonotonicTime.now
    let rest = period - (now - clock.seconds).truncatingRemainder(dividingBy: max(period, Self.reading))
    return min(max(rest + Self.afterCycle, Self.reading), Self.looking)
  }

  var tempo: ClockFollower.Tempo? {
    let transport = client.transport
    guard transport.isRolling, let position = transport.position, let clock = client.clock,
      (15...600).contains(position.tempo), (1...32).contains(position.beatsPerBar)
    else { return nil }
    let beat = 60 / position.tempo
    let sinceBar = (Double(position.beat - 1) + position.phase) * beat
    return ClockFollower.Tempo(
      beatSeconds: beat, barLine: clock.seconds - sinceBar, beatsPerBar: Int(position.beatsPerBar.rounded()))
  }

  /// Notices what was connected and disconnected.
  private func look(_ body: (MIDIInputEvent) -> Void) {
    let now = MonotonicTime.now
    guard now >= nextLook else { return }
    nextLook = now + Self.looking
    let wired = client.status.voice.midiSources
    for name in sources where !wired.contains(name) { body(.disconnected(Self.identity(name), released: 0)) }
    for name in wired where !sources.contains(name) { body(.connected(Self.identity(name))) }
    sources = wired
  }

  private func lose(at time: Double, _ body: (MIDIInputEvent) -> Void) {
    parser.reset()
    for message in held.releaseAll(of: 0) {
      body(.message(TimedMIDI(message: message, source: Self.input, time: time)))
    }
  }

  private static func identity(_ port: String) -> SourceIdentity {
    let parts = port.split(separator: ":", maxSplits: 1).map(String.init)
    return SourceIdentity(client: parts.first ?? port, port: parts.count > 1 ? parts[1] : "")
  }

  /// The frame for a time; 0 ("at once") for what the next cycle has to play anyway.
  private func frame(at time: Double) -> UInt32 {
    guard let clock = client.clock else { return 0 }
    let nextCycle = clock.seconds + Double(clock.period) / Double(clock.sampleRate)
    return time <= max(nextCycle, MonotonicTime.now) ? 0 : clock.frame(at: time)
  }

  private func send(_ message: MIDIMessage, _ part: VoiceEvent.Part, _ frame: UInt32) {
    guard let event = Self.event(message, part, frame) else { return }
    client.play(event)
  }

  /// The event for a message; nil for those that make no sound.
  private static func event(_ message: MIDIMessage, _ part: VoiceEvent.Part, _ frame: UInt32) -> VoiceEvent? {
    let make = { (kind: VoiceEvent.Kind, channel: Int, first: Int, second: Int) in
      VoiceEvent(
        kind, part: part, channel: UInt8(truncatingIfNeeded: channel), UInt8(truncatingIfNeeded: first),
        UInt8(truncatingIfNeeded: second), at: frame)
    }
    switch message {
    case .noteOn(let channel, let pitch, let velocity): return make(.noteOn, channel, pitch, velocity)
    case .noteOff(let channel, let pitch, let velocity): return make(.noteOff, channel, pitch, velocity)
    case .controlChange(let channel, let controller, let value): return make(.control, channel, controller, value)
    case .programChange(let channel, let program): return make(.program, channel, program, 0)
    case .pitchBend(let channel, let value):
      return .pitchBend(value, part: part, channel: UInt8(truncatingIfNeeded: channel), at: frame)
    default: return nil
    }
  }
}
