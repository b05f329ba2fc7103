// A JACK client that hears the voice, receives its MIDI and sends some.
import CJACK
import Foundation
import Realtime
import Synchronization

@testable import AudioIO

/// What the peer saw, with JACK frame times.
final class TestPeer: @unchecked Sendable {
  // @unchecked: the ports are pointers; what the callback shares goes through queues and atomics.
  let client: OpaquePointer
  private let sound: OpaquePointer
  private let keys: OpaquePointer
  private let send: OpaquePointer
  /// Frame times at which sound began after silence.
  let onsets = EventQueue<UInt32>(capacity: 256)
  /// Messages received.
  let messages = EventQueue<JackMIDIInput>(capacity: 1024)
  /// To be sent in the next cycle, 17 frames after its begin.
  let outbox = EventQueue<JackMIDIInput>(capacity: 16)
  /// Frame times at which they were sent.
  let sent = EventQueue<UInt32>(capacity: 16)
  /// Frames since the last that was not silent.
  let quiet = Atomic<Int>(1 << 30)
  let cycles = Atomic<Int>(0)

  init?(server: String, name: String = "peer") {
    var status = jack_status_t(0)
    guard let client = cjack_open(name, JackNoStartServer, &status, server) else { return nil }
    func port(_ name: String, _ type: String, _ direction: JackPortFlags) -> OpaquePointer? {
      jack_port_register(client, name, type, UInt(direction.rawValue), 0)
    }
    guard let sound = port("in", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput),
      let keys = port("keys", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput),
      let send = port("send", JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput)
    else {
      jack_client_close(client)
      return nil
    }
    (self.client, self.sound, self.keys, self.send) = (client, sound, keys, send)
    jack_set_process_callback(client, runPeer, Unmanaged.passUnretained(self).toOpaque())
    jack_activate(client)
  }

  /// Opens as soon as the server is up.
  static func opened(on server: TestServer) -> TestPeer? {
    var peer: TestPeer?
    _ = eventually {
      peer = TestPeer(server: server.name)
      return peer != nil
    }
    return peer
  }

  /// Wires the voice of a client here, and our MIDI there.
  func wire(to name: String) -> Bool {
    eventually {
      let results = [
        jack_connect(client, name + ":out_left", "peer:in"), jack_connect(client, name + ":midi_out", "peer:keys"),
        jack_connect(client, "peer:send", name + ":midi_in"),
      ]
      return results.allSatisfy { $0 == 0 || $0 == EEXIST }
    }
  }

  func close() { jack_client_close(client) }

  /// All messages so far.
  func received() -> [JackMIDIInput] {
    var list: [JackMIDIInput] = []
    while let message = messages.pop() { list.append(message) }
    return list
  }

  fileprivate func run(_ frames: UInt32) {
    let now = jack_last_frame_time(client)
    if let buffer = jack_port_get_buffer(sound, frames)?.assumingMemoryBound(to: Float.self) {
      var silent = quiet.load(ordering: .relaxed)
      for i in 0..<Int(frames) {
        if abs(buffer[i]) > 1e-6 {
          if silent > 400 { onsets.push(now &+ UInt32(i)) }
          silent = 0
        } else {
          silent += 1
        }
      }
      quiet.store(silent, ordering: .relaxed)
    }
    if let buffer = jack_port_get_buffer(keys, frames) {
      var event = jack_midi_event_t()
      for i in 0..<jack_midi_get_event_count(buffer) where jack_midi_event_get(&event, buffer, i) == 0 {
        let bytes = UnsafeBufferPointer(start: event.buffer, count: event.size)
        messages.push(
          JackMIDIInput(
            frame: now &+ event.time, length: UInt8(bytes.count), status: bytes[0], data1: bytes[1],
            data2: bytes.count > 2 ? bytes[2] : 0))
      }
    }
    if let buffer = jack_port_get_buffer(send, frames) {
      jack_midi_clear_buffer(buffer)
      while let message = outbox.pop() {
        // A length beyond three stands for an exclusive message of so many bytes.
        let bytes =
          message.length > 3
          ? [0xF0] + [UInt8](repeating: 1, count: Int(message.length) - 2) + [0xF7]
          : [message.status, message.data1, message.data2].prefix(Int(message.length)) + []
        if jack_midi_event_write(buffer, 17, bytes, bytes.count) == 0 { sent.push(now &+ 17) }
      }
    }
    cycles.add(1, ordering: .relaxed)
  }
}

private func runPeer(_ frames: jack_nframes_t, _ argument: UnsafeMutableRawPointer?) -> Int32 {
  guard let argument else { return 0 }
  Unmanaged<TestPeer>.fromOpaque(argument).takeUnretainedValue().run(frames)
  return 0
}
