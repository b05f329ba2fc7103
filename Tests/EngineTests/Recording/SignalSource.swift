// A JACK client that plays a signal by which every sample's place is known, exact in 24 bits.
import CJACK
import Foundation
import Synchronization

final class SignalSource: @unchecked Sendable {
  // @unchecked: `place` belongs to the audio thread until the client is closed.
  private let client: OpaquePointer
  private let port: OpaquePointer
  private var place = 1 << 20
  /// The place that comes next.
  let next = Atomic<Int>(1 << 20)

  /// The sample at a place: a ramp, which tells it.
  static func sample(_ place: Int) -> Float { Float(place % (1 << 22) + 1) / 8_388_608 }

  init?(server: String) {
    var status = jack_status_t(0)
    guard let client = cjack_open("signal", JackNoStartServer, &status, server) else { return nil }
    guard let port = jack_port_register(client, "out", JACK_DEFAULT_AUDIO_TYPE, UInt(JackPortIsOutput.rawValue), 0)
    else {
      jack_client_close(client)
      return nil
    }
    (self.client, self.port) = (client, port)
    jack_set_process_callback(client, playSignal, Unmanaged.passUnretained(self).toOpaque())
    jack_activate(client)
  }

  func close() { jack_client_close(client) }

  fileprivate func play(_ frames: UInt32) {
    guard let buffer = jack_port_get_buffer(port, frames)?.assumingMemoryBound(to: Float.self) else { return }
    for i in 0..<Int(frames) { buffer[i] = Self.sample(place + i) }
    place += Int(frames)
    next.store(place, ordering: .relaxed)
  }
}

private func playSignal(_ frames: jack_nframes_t, _ argument: UnsafeMutableRawPointer?) -> Int32 {
  guard let argument else { return 0 }
  Unmanaged<SignalSource>.fromOpaque(argument).takeUnretainedValue().play(frames)
  return 0
}
