// The client's ports: their names, kinds and labels, and their handles.
internal import CJACK

/// One of the client's ports.
enum ClientPort: Int, CaseIterable {
  case input, left, right, midiIn, midiOut

  /// Name after the colon.
  var name: String {
    switch self {
    case .input: "in_1"
    case .left: "out_left"
    case .right: "out_right"
    case .midiIn: "midi_in"
    case .midiOut: "midi_out"
    }
  }

  /// Name that patchbays show.
  var label: String {
    switch self {
    case .input: "Instrument"
    case .left: "Voice left"
    case .right: "Voice right"
    case .midiIn: "Keyboard"
    case .midiOut: "Answer"
    }
  }

  /// Heading under which patchbays show it.
  var group: String { isInput ? "listen" : "answer" }
  /// True when sound or MIDI arrives here.
  var isInput: Bool { self == .input || self == .midiIn }
  /// JACK's name of what it carries.
  var type: String { self == .midiIn || self == .midiOut ? JACK_DEFAULT_MIDI_TYPE : JACK_DEFAULT_AUDIO_TYPE }
}

/// The handles; nil for a port that does not exist, which is then silent.
struct ClientPorts: BitwiseCopyable {
  var input: OpaquePointer?
  var left: OpaquePointer?
  var right: OpaquePointer?
  var midiIn: OpaquePointer?
  var midiOut: OpaquePointer?

  subscript(_ port: ClientPort) -> OpaquePointer? {
    switch port {
    case .input: input
    case .left: left
    case .right: right
    case .midiIn: midiIn
    case .midiOut: midiOut
    }
  }
}
