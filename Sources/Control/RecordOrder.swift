// What can be asked of the recorder.

/// An order to the recorder.
public enum RecordOrder: Equatable, Sendable {
  /// Keeps what is played and answered as MIDI; with `audio` also what is heard, as FLAC.
  case on(audio: Bool)
  /// Finishes the files and keeps nothing more.
  case off
  /// Asks how recording stands.
  case status

  /// The word on the wire.
  var state: String {
    switch self {
    case .on: "on"
    case .off: "off"
    case .status: "status"
    }
  }
}
