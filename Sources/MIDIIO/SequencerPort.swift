// A port of the ALSA sequencer as its client describes it.

import CALSA

/// The numbers of a port, valid while it exists.
struct PortAddress: Hashable {
  var client: UInt8
  var port: UInt8

  /// The port that announces clients, ports and connections.
  static let announcements = PortAddress(
    client: UInt8(SND_SEQ_CLIENT_SYSTEM), port: UInt8(SND_SEQ_PORT_SYSTEM_ANNOUNCE))
}

/// A port with its names, capabilities and types.
struct SequencerPort: Hashable {
  var address: PortAddress
  var identity: SourceIdentity
  /// `SND_SEQ_PORT_CAP_…`
  var capabilities: UInt32
  /// `SND_SEQ_PORT_TYPE_…`
  var type: UInt32

  /// True for a port that a keyboard would have: it offers MIDI to whoever subscribes.
  ///
  /// The kernel's own ports and "Midi Through" are no players, and neither is another Antiphon: two that hear each
  /// other would answer each other for ever.
  func isPlayer(for own: SourceIdentity, client: UInt8) -> Bool {
    let offered = UInt32(SND_SEQ_PORT_CAP_READ | SND_SEQ_PORT_CAP_SUBS_READ)
    let isOffered = capabilities & offered == offered && capabilities & UInt32(SND_SEQ_PORT_CAP_NO_EXPORT) == 0
    let isMIDI = type & UInt32(SND_SEQ_PORT_TYPE_MIDI_GENERIC) != 0
    let isSystem = address.client == UInt8(SND_SEQ_CLIENT_SYSTEM) || identity.client == "Midi Through"
    let isOwn = address.client == client || identity.client == own.client
    return isOffered && isMIDI && !isSystem && !isOwn
  }
}
