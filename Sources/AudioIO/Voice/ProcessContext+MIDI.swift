// The MIDI ports' part of the cycle.
internal import CJACK
internal import Realtime
internal import Synchronization

extension ProcessContext {
  /// Hands what came through `midi_in` to the hands thread, and says where the transport stands. Audio thread only.
  @_noLocks func receiveMIDI(_ frames: Int) {
    publishTransport()
    guard let port = ports.midiIn, let buffer = jack_port_get_buffer(port, UInt32(truncatingIfNeeded: frames)) else {
      return
    }
    var event = jack_midi_event_t()
    for i in 0..<jack_midi_get_event_count(buffer) where jack_midi_event_get(&event, buffer, i) == 0 {
      take(event)
    }
  }

  @_noLocks private func take(_ event: jack_midi_event_t) {
    guard let bytes = event.buffer, event.size > 0 else { return }
    if event.size > 3 {
      tally.longMessages.add(1, ordering: .relaxed)
      return
    }
    received.push(
      JackMIDIInput(
        frame: voice.pointee.frameTime &+ event.time, length: UInt8(truncatingIfNeeded: event.size), status: bytes[0],
        data1: event.size > 1 ? bytes[1] : 0, data2: event.size > 2 ? bytes[2] : 0))
  }

  @_noLocks private func publishTransport() {
    let told = cjack_transport(client)
    var position: Transport.Position?
    if told.has_position != 0 {
      let ticks = told.ticks_per_beat > 0 ? told.ticks_per_beat : 1
      position = Transport.Position(
        bar: Int(told.bar), beat: Int(told.beat), phase: Double(told.tick) / ticks, beatsPerBar: told.beats_per_bar,
        tempo: told.beats_per_minute)
    }
    transport.write(Transport(isRolling: told.is_rolling != 0, position: position))
  }

  /// How many messages of three bytes a port's buffer takes, counted carefully: JACK says only how long one may be.
  @_noLocks func room(in buffer: UnsafeMutableRawPointer) -> Int {
    Int(truncatingIfNeeded: jack_midi_max_event_size(buffer)) / 32
  }

  /// Writes what the period collected.
  @_noLocks func send(to buffer: UnsafeMutableRawPointer) {
    for i in 0..<outgoing.count {
      let message = outgoing.message(i)
      var bytes = (message.status, message.data1, message.data2)
      let failed = withUnsafeBytes(of: &bytes) { raw in
        jack_midi_event_write(
          buffer, UInt32(truncatingIfNeeded: message.offset), raw.baseAddress?.assumingMemoryBound(to: UInt8.self),
          message.length)
      }
      if failed != 0 { outgoing.takeBack(i) }
    }
  }
}
