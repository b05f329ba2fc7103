// Opens the ALSA sequencer, and remembers how that went.

import Logging
import MIDIIO
import Synchronization

/// What others may know of the sequencer client, which belongs to the hands' thread.
final class SequencerReport: Sendable {
  private struct State: Sendable {
    var client: String?
    var problem: String?
  }

  private let state = Mutex(State())

  /// The name and number on the sequencer; nil when there is none.
  var client: String? { state.withLock { $0.client } }
  /// Why there is no sequencer, as a sentence.
  var problem: String? { state.withLock { $0.problem } }

  /// Opens the client; without a sequencer that is said once, and JACK's MIDI is left. Hands' thread.
  func open(_ keyboards: AutoConnect, name: String, _ logger: Logger) -> SequencerClient? {
    do throws(SequencerError) {
      let sequencer = try SequencerClient(SequencerConfiguration(clientName: name, autoConnect: keyboards))
      let number = sequencer.clientNumber.map { " (\($0))" } ?? ""
      state.withLock { $0.client = name + number }
      return sequencer
    } catch {
      let sentence = "\(error)".trimmingSuffix(".") + "; keyboards can still be connected to JACK's port midi_in."
      logger.warning("\(sentence)")
      state.withLock { $0.problem = sentence }
      return nil
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
