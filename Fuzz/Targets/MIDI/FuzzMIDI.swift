// Bytes of a MIDI cable: any are read, in pieces of any size, and what was pressed can be released.

import FuzzSupport
import MIDI

/// The first byte gives the size of the pieces, the others are the stream.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  FuzzInput.process(start, size) { bytes in
    let stream = bytes.dropFirst()
    let piece = Int(bytes.first ?? 0) % 16 + 1
    var whole = MIDIParser()
    let messages = whole.parse(stream)
    var parser = MIDIParser()
    var pieces: [MIDIMessage] = []
    var offset = stream.startIndex
    while offset < stream.endIndex {
      let end = min(offset + piece, stream.endIndex)
      pieces += parser.parse(stream[offset..<end])
      offset = end
    }
    FuzzInput.check(pieces == messages, "a stream in pieces gives the same messages")
    FuzzInput.check(parser.state == whole.state, "a stream in pieces ends in the same state")
    for message in messages { checkBytes(of: message) }
    checkLedger(messages)
  }
}

/// A message's bytes are read as that message.
private func checkBytes(of message: MIDIMessage) {
  var parser = MIDIParser()
  FuzzInput.check(parser.parse(message.bytes) == [message], "\(message) survives its bytes")
}

/// Releasing what is held leaves nothing held, and releases it exactly.
private func checkLedger(_ messages: [MIDIMessage]) {
  var held = HeldNotes<Int>()
  for message in messages { held.hear(message, from: 0) }
  var copy = held
  let releases = held.releaseAll(of: 0)
  FuzzInput.check(held.isEmpty, "nothing is held after the release")
  FuzzInput.check(releases.count <= 16 * (128 * HeldNotes<Int>.mostPresses + 2), "the release is bounded")
  for message in releases { copy.hear(message, from: 0) }
  FuzzInput.check(copy.isEmpty, "the messages of the release release everything")
}
