// Writing notes as a Standard MIDI File.

public import Foundation
public import Music

extension StandardMIDIFile {
  /// The bytes of a format 0 file that plays `notes`, at 960 ticks a second.
  ///
  /// Times are rounded to a tick and no note is shorter than one; pitches, velocities and channels outside MIDI's range
  /// are clamped to it, times to 0…77 hours.
  /// - Parameter programs: the program (0…127) of each channel that should have one.
  public static func data(notes: [Note], programs: [Int: Int] = [:]) -> Data {
    var track: [UInt8] = [0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20]  // 500,000 µs a quarter: 120 a minute
    for (channel, program) in programs.sorted(by: { $0.key < $1.key }) {
      track += [0, 0xC0 | clamped(channel, 0...15), clamped(program, 0...127)]
    }
    var tick = 0
    for event in events(of: notes) {
      track += variableLength(event.tick - tick)
      track += event.bytes
      tick = event.tick
    }
    track += [0, 0xFF, 0x2F, 0]
    var file = Array("MThd".utf8) + bigEndian(6, bytes: 4)
    file += bigEndian(0, bytes: 2) + bigEndian(1, bytes: 2) + bigEndian(ticksPerQuarter, bytes: 2)
    file += Array("MTrk".utf8) + bigEndian(track.count, bytes: 4) + track
    return Data(file)
  }

  private static let ticksPerQuarter = 480
  private static let ticksPerSecond = 960.0
  /// The largest number that a delta time holds.
  private static let lastTick = 0x0FFF_FFFF

  private static func events(of notes: [Note]) -> [(tick: Int, bytes: [UInt8])] {
    var events: [(tick: Int, isOn: Bool, bytes: [UInt8])] = []
    for note in notes {
      let channel = clamped(note.channel, 0...15)
      let pitch = clamped(note.pitch, 0...127)
      let start = min(ticks(note.onset), lastTick - 1)
      let end = max(start + 1, ticks(note.end))
      events.append((start, true, [0x90 | channel, pitch, clamped(note.velocity, 1...127)]))
      events.append((end, false, [0x80 | channel, pitch, 64]))
    }
    // A pitch that is struck again the moment it ends must be released first.
    events.sort { ($0.tick, $0.isOn ? 1 : 0) < ($1.tick, $1.isOn ? 1 : 0) }
    return events.map { (tick: $0.tick, bytes: $0.bytes) }
  }

  private static func ticks(_ seconds: Double) -> Int {
    guard seconds > 0 else { return 0 }  // also for NaN
    return Int(min(seconds * ticksPerSecond, Double(lastTick)).rounded())
  }

  private static func clamped(_ value: Int, _ range: ClosedRange<Int>) -> UInt8 {
    UInt8(min(max(value, range.lowerBound), range.upperBound))
  }

  private static func bigEndian(_ value: Int, bytes count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(value >> ($0 * 8) & 0xFF) }
  }

  private static func variableLength(_ value: Int) -> [UInt8] {
    var bytes = [UInt8(value & 0x7F)]
    var rest = value >> 7
    while rest > 0 {
      bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
      rest >>= 7
    }
    return bytes
  }
}
