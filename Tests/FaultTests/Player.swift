// A keyboard and an ear on the server, which survive it as the daemon does: our own client, wired the other way round.

import Control
import Foundation
import Logging
import Synth

@testable import AudioIO

/// Plays into the daemon, hears its sound, and keeps a ledger of the notes that its MIDI output holds.
final class Player {
  private let client: JackClient
  private let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4096)
  private var held: Set<[UInt8]> = []

  init(server: String) throws {
    var timing = SupervisionTiming()
    timing.interval = 0.02
    client = JackClient(
      configuration: try JackConfiguration(
        clientName: "keys", serverName: server, connect: .matching("antiphon:out_left"), playback: .none),
      logger: Logger(label: "keys") { _ in SwiftLogNoOpLogHandler() }, timing: timing)
    client.start()
  }

  deinit {
    client.stop()
    buffer.deallocate()
  }

  var status: AudioStatus { client.status }

  /// True when each of the three wires between the daemon and this is there.
  var isWired: Bool {
    let status = client.status
    return status.hasInput && status.voice.midiSources == ["antiphon:midi_out"]
      && status.voice.midiDestinations == ["antiphon:midi_in"]
  }

  func press(_ pitch: UInt8) { client.play(VoiceEvent(.noteOn, pitch, 90)) }
  func release(_ pitch: UInt8) { client.play(VoiceEvent(.noteOff, pitch)) }

  /// Notes of the answer that nobody has ended. What a server takes with it holds nothing any more.
  func heldNotes() -> Int {
    client.readMIDI { message in
      switch message.status & 0xF0 {
      case _ where message.isLoss: held = []
      case 0x90: held.insert([message.status & 15, message.data1])
      case 0x80: held.remove([message.status & 15, message.data1])
      default: break
      }
    }
    return held.count
  }

  /// Counts notes anew: those that are held now have lost their end.
  func forget() { held = [] }

  /// The loudest sample of those that come in within `seconds`; nil when none come.
  func peak(seconds: Double) -> Float? {
    var empty = 0  // at a gap a read may bring nothing though more waits
    while empty < 20 { empty = client.read(into: buffer).count > 0 ? 0 : empty + 1 }
    let end = MonotonicTime.now + seconds
    var peak: Float?
    while MonotonicTime.now < end {
      let block = client.read(into: buffer)
      for sample in buffer.prefix(block.count) { peak = max(peak ?? 0, abs(sample)) }
      if block.count == 0 { usleep(2000) }
    }
    return peak
  }
}
