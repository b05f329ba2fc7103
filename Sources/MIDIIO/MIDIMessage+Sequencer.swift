// Between messages and the events of the ALSA sequencer.

import CALSA
import MIDI

extension MIDIMessage {
  /// Reads a sequencer event; nil for events that are no message we know, and for values that MIDI does not have: any
  /// program may send any numbers.
  init?(_ event: snd_seq_event_t) {
    let kind = snd_seq_event_type(UInt32(event.type))
    switch kind {
    case SND_SEQ_EVENT_NOTEON, SND_SEQ_EVENT_NOTEOFF, SND_SEQ_EVENT_KEYPRESS: self.init(kind, note: event.data.note)
    case SND_SEQ_EVENT_SONGPOS:
      guard 0...16383 ~= event.data.control.value else { return nil }
      self = .songPosition(sixteenths: Int(event.data.control.value))
    case SND_SEQ_EVENT_CLOCK: self = .clock
    case SND_SEQ_EVENT_START: self = .start
    case SND_SEQ_EVENT_CONTINUE: self = .continue
    case SND_SEQ_EVENT_STOP: self = .stop
    case SND_SEQ_EVENT_RESET: self = .reset
    default: self.init(kind, control: event.data.control)
    }
  }

  private init?(_ kind: snd_seq_event_type, note: snd_seq_ev_note_t) {
    guard note.channel <= 15, note.note <= 127, note.velocity <= 127 else { return nil }
    let (channel, pitch, velocity) = (Int(note.channel), Int(note.note), Int(note.velocity))
    switch kind {
    case SND_SEQ_EVENT_KEYPRESS: self = .keyPressure(channel: channel, pitch: pitch, pressure: velocity)
    case SND_SEQ_EVENT_NOTEOFF: self = .noteOff(channel: channel, pitch: pitch, velocity: velocity)
    // The kernel passes on a note-on of velocity 0 as it is; it means a release.
    case SND_SEQ_EVENT_NOTEON where velocity == 0: self = .noteOff(channel: channel, pitch: pitch, velocity: 64)
    default: self = .noteOn(channel: channel, pitch: pitch, velocity: velocity)
    }
  }

  private init?(_ kind: snd_seq_event_type, control: snd_seq_ev_ctrl_t) {
    guard control.channel <= 15 else { return nil }
    let (channel, value) = (Int(control.channel), Int(control.value))
    let isSevenBits = 0...127 ~= value
    switch kind {
    case SND_SEQ_EVENT_CONTROLLER where isSevenBits && control.param <= 127:
      self = .controlChange(channel: channel, controller: Int(control.param), value: value)
    case SND_SEQ_EVENT_PGMCHANGE where isSevenBits: self = .programChange(channel: channel, program: value)
    case SND_SEQ_EVENT_CHANPRESS where isSevenBits: self = .channelPressure(channel: channel, pressure: value)
    case SND_SEQ_EVENT_PITCHBEND where -8192...8191 ~= value: self = .pitchBend(channel: channel, value: value)
    default: return nil
    }
  }

  /// The message as an event that goes at once from `port` to everyone who is connected to it.
  func sequencerEvent(fromPort port: UInt8) -> snd_seq_event_t {
    var event = snd_seq_event_t()
    event.queue = UInt8(SND_SEQ_QUEUE_DIRECT)
    event.source.port = port
    event.dest = snd_seq_addr_t(client: UInt8(SND_SEQ_ADDRESS_SUBSCRIBERS), port: UInt8(SND_SEQ_ADDRESS_UNKNOWN))
    switch self {
    case .noteOn(let channel, let pitch, let velocity):
      event.setNote(SND_SEQ_EVENT_NOTEON, channel, pitch, velocity)
    case .noteOff(let channel, let pitch, let velocity):
      event.setNote(SND_SEQ_EVENT_NOTEOFF, channel, pitch, velocity)
    case .keyPressure(let channel, let pitch, let pressure):
      event.setNote(SND_SEQ_EVENT_KEYPRESS, channel, pitch, pressure)
    case .controlChange(let channel, let controller, let value):
      event.setControl(SND_SEQ_EVENT_CONTROLLER, channel, parameter: controller, value, 0...127)
    case .programChange(let channel, let program):
      event.setControl(SND_SEQ_EVENT_PGMCHANGE, channel, program, 0...127)
    case .channelPressure(let channel, let pressure):
      event.setControl(SND_SEQ_EVENT_CHANPRESS, channel, pressure, 0...127)
    case .pitchBend(let channel, let value):
      event.setControl(SND_SEQ_EVENT_PITCHBEND, channel, value, -8192...8191)
    case .songPosition(let sixteenths):
      event.setControl(SND_SEQ_EVENT_SONGPOS, 0, sixteenths, 0...16383)
    case .clock: event.setKind(SND_SEQ_EVENT_CLOCK)
    case .start: event.setKind(SND_SEQ_EVENT_START)
    case .continue: event.setKind(SND_SEQ_EVENT_CONTINUE)
    case .stop: event.setKind(SND_SEQ_EVENT_STOP)
    case .reset: event.setKind(SND_SEQ_EVENT_RESET)
    }
    return event
  }
}

/// Filling in an event; values outside MIDI's range are clamped to it.
extension snd_seq_event_t {
  fileprivate mutating func setKind(_ kind: snd_seq_event_type) {
    type = snd_seq_event_type_t(kind.rawValue)
  }

  fileprivate mutating func setNote(_ kind: snd_seq_event_type, _ channel: Int, _ pitch: Int, _ velocity: Int) {
    setKind(kind)
    data.note = snd_seq_ev_note_t()
    data.note.channel = UInt8(clamped(channel, 0...15))
    data.note.note = UInt8(clamped(pitch, 0...127))
    data.note.velocity = UInt8(clamped(velocity, 0...127))
  }

  fileprivate mutating func setControl(
    _ kind: snd_seq_event_type, _ channel: Int, parameter: Int = 0, _ value: Int, _ range: ClosedRange<Int>
  ) {
    setKind(kind)
    data.control = snd_seq_ev_ctrl_t()
    data.control.channel = UInt8(clamped(channel, 0...15))
    data.control.param = UInt32(clamped(parameter, 0...127))
    data.control.value = Int32(clamped(value, range))
  }
}

private func clamped(_ value: Int, _ range: ClosedRange<Int>) -> Int {
  min(max(value, range.lowerBound), range.upperBound)
}
