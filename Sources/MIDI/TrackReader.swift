// The events of one track chunk, in ticks.

/// What one track holds: its name, channel messages, tempo changes, meters and length, all in ticks from its start.
struct Track {
  var name: String?
  var events: [(tick: Int, message: MIDIMessage)] = []
  var tempoChanges: [(tick: Int, microsecondsPerQuarter: Int)] = []
  var meters: [(tick: Int, beats: Int, beatUnit: Int)] = []
  var length = 0

  /// Reads a track chunk's content up to its end-of-track event, or to the end of the chunk where that is missing.
  ///
  /// Other meta events and all system exclusive events are skipped.
  init(_ reader: ByteReader) throws(StandardMIDIFileError) {
    var reader = reader
    var runningStatus: UInt8 = 0
    while !reader.isAtEnd {
      // Cannot overflow: each delta is below 2^28 and takes at least a byte of the file.
      length += try reader.variableLengthNumber()
      let offset = reader.offset
      let byte = try reader.byte()
      switch byte {
      case 0xFF:
        if try readMeta(&reader) { return }
      case 0xF0, 0xF7:
        try reader.skip(try reader.variableLengthNumber())
      case 0xF1...:
        throw StandardMIDIFileError(.unexpectedByte(byte, offset: offset))
      case 0x80...:
        runningStatus = byte
        try readMessage(status: byte, first: try reader.byte(), &reader)
      default:
        // The standard ends running status at meta and exclusive events; files that go on with it are read too.
        guard runningStatus != 0 else { throw StandardMIDIFileError(.unexpectedByte(byte, offset: offset)) }
        try readMessage(status: runningStatus, first: byte, &reader)
      }
    }
  }

  private mutating func readMessage(
    status: UInt8, first: UInt8, _ reader: inout ByteReader
  ) throws(StandardMIDIFileError) {
    let second = MIDIMessage.dataBytes(afterStatus: status) == 2 ? try reader.byte() : 0
    guard let message = MIDIMessage(status: status, first: first, second: second) else {
      let wrong = first < 0x80 ? second : first
      throw StandardMIDIFileError(.unexpectedByte(wrong, offset: reader.offset - 1))
    }
    events.append((length, message))
  }

  /// Reads a meta event after its 0xFF; true at the end of the track.
  private mutating func readMeta(_ reader: inout ByteReader) throws(StandardMIDIFileError) -> Bool {
    let type = try reader.byte()
    let size = try reader.variableLengthNumber()
    var content = try reader.slice(size)
    switch type {
    case 0x2F:
      return true
    case 0x03:
      // The standard asks for ASCII; programs write UTF-8.
      if name == nil { name = String(decoding: try content.bytes(size), as: UTF8.self) }
    case 0x51:
      let tempo = try content.number(bytes: 3)
      // A quarter note of no length would stop time; such a tempo is ignored.
      if tempo > 0 { tempoChanges.append((length, tempo)) }
    case 0x58:
      let (beats, power) = (try content.byte(), try content.byte())
      if beats > 0, power <= 6 { meters.append((length, Int(beats), 1 << Int(power))) }
    default:
      break
    }
    return false
  }
}
