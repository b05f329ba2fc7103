// The unit of a Standard MIDI File's delta times.

/// How many ticks make a quarter note, from the header of a file.
struct TimeDivision: Hashable {
  /// Ticks in a quarter note.
  var ticksPerQuarter: Double
  /// True when ticks are fractions of a second, whatever the tempo says (SMPTE). A quarter note then counts as half a
  /// second, which is 120 a minute.
  var ignoresTempo: Bool

  /// Reads the header's 16 bits; nil for zero ticks and unknown frame rates.
  init?(header: Int) {
    let (high, low) = (header >> 8 & 0xFF, header & 0xFF)
    guard high >= 0x80 else {
      guard header > 0 else { return nil }
      ticksPerQuarter = Double(header)
      ignoresTempo = false
      return
    }
    // SMPTE: the high byte is minus the frames per second; 29 stands for the 29.97 of drop-frame video.
    let frames: [Int: Double] = [24: 24, 25: 25, 29: 30000 / 1001, 30: 30]
    guard low > 0, let rate = frames[256 - high] else { return nil }
    ticksPerQuarter = rate * Double(low) / 2
    ignoresTempo = true
  }
}
