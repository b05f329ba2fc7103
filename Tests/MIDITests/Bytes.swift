// Building Standard MIDI Files by hand for the tests.

import Foundation

/// A file of the given format, division and track contents; the end of each track is added.
func midiFile(format: Int = 0, division: Int = 480, tracks: [[UInt8]]) -> Data {
  var bytes = Array("MThd".utf8) + [0, 0, 0, 6]
  for value in [format, tracks.count, division] { bytes += [UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)] }
  for track in tracks {
    let content = track + [0, 0xFF, 0x2F, 0]
    bytes += Array("MTrk".utf8) + [0, 0, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
  }
  return Data(bytes)
}
