// Where the ear leaves what it hears for the hands.

import ScaleDetector
import Synchronization

/// The latest readout of the ear.
final class ScaleBoard: Sendable {
  private struct Note: Sendable {
    var readout: ScaleReadout?
    var revision = 0
  }

  private let note = Mutex(Note())

  /// Leaves a readout; nil when nothing is heard any more. Any thread.
  func write(_ readout: ScaleReadout?) {
    note.withLock {
      $0.readout = readout
      $0.revision &+= 1
    }
  }

  /// The readout when there is a newer one than `revision`, which is brought up to date.
  func read(after revision: inout Int) -> ScaleReadout?? {
    note.withLock { note in
      guard note.revision != revision else { return nil }
      revision = note.revision
      return .some(note.readout)
    }
  }
}
