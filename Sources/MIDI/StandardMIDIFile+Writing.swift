// Writing notes and tracks as a Standard MIDI File.

public import Foundation
public import Music

extension StandardMIDIFile {
  /// The ticks of a quarter note in files that are written.
  public static let ticksPerQuarter = 480
  /// The largest number that a delta time holds.
  private static let lastTick = 0x0FFF_FFFF

  /// The bytes of a format 0 file that plays `notes`, at 960 ticks a second.
  ///
  /// Times are rounded to a tick and no note is shorter than one; pitches, velocities and channels outside MIDI's range
  /// are clamped to it, times to 0…77 hours.
  /// - Parameter programs: the program (0…127) of each channel that should have one.
  public static func data(notes: [Note], programs: [Int: Int] = [:]) -> Data {
    let score = notes.map { note in
      let start = min(tick(note.onset * 2), lastTick - 1)
      let end = max(start + 1, tick(note.end * 2))
      return ScoreNote(
        onset: quarters(start), duration: quarters(end - start), pitch: note.pitch, velocity: note.velocity,
        channel: note.channel)
    }
    let tempo = TempoMap(changes: [TempoMap.Change(quarters: 0, microsecondsPerQuarter: 500_000)])
    return data(tracks: [MIDITrack(notes: score, programs: programs)], tempoMap: tempo, format: 0)
  }

  /// The bytes of a format 1 file of named tracks. The first one carries the tempo and the meter too.
  ///
  /// Positions are rounded to a tick (a 480th of a quarter note) and clamped to 0…559,240 quarters; messages to the
  /// whole system are left out, as are meters that a file cannot hold. Reading the file gives the tracks again.
  public static func data(
    tracks: [MIDITrack], tempoMap: TempoMap = TempoMap(), timeSignatures: [TimeSignature] = []
  ) -> Data {
    data(
      tracks: tracks.isEmpty ? [MIDITrack()] : Array(tracks.prefix(0xFFFF)), tempoMap: tempoMap,
      timeSignatures: timeSignatures, format: 1)
  }

  private static func data(
    tracks: [MIDITrack], tempoMap: TempoMap, timeSignatures: [TimeSignature] = [], format: Int
  ) -> Data {
    var file = Array("MThd".utf8) + bigEndian(6, bytes: 4)
    file += bigEndian(format, bytes: 2) + bigEndian(tracks.count, bytes: 2) + bigEndian(ticksPerQuarter, bytes: 2)
    for (number, track) in tracks.enumerated() {
      var events = number == 0 ? meta(tempoMap, timeSignatures) : []
      for event in track.events where event.message.channel != nil {
        events.append((tick(event.quarters), event.message.bytes))
      }
      events.sort { $0.tick < $1.tick }  // stable: at one tick the order stays
      let content = chunk(named: track.name, events)
      file += Array("MTrk".utf8) + bigEndian(content.count, bytes: 4)
      file += content
    }
    return Data(file)
  }

  private static func chunk(named name: String, _ events: [(tick: Int, bytes: [UInt8])]) -> [UInt8] {
    var content: [UInt8] = []
    if !name.isEmpty { content += [0, 0xFF, 0x03] + variableLength(name.utf8.count) + Array(name.utf8) }
    var tick = 0
    for event in events {
      content += variableLength(event.tick - tick)
      content += event.bytes
      tick = event.tick
    }
    return content + [0, 0xFF, 0x2F, 0]
  }

  private static func meta(_ tempo: TempoMap, _ signatures: [TimeSignature]) -> [(tick: Int, bytes: [UInt8])] {
    let meters: [(tick: Int, bytes: [UInt8])] = signatures.compactMap { signature in
      let units = (0...6).map { 1 << $0 }
      guard let power = units.firstIndex(of: signature.beatUnit), (1...255).contains(signature.beats) else {
        return nil
      }
      // 24 MIDI clocks to a metronome click, 8 thirty-seconds to a quarter note.
      return (tick(signature.quarters), [0xFF, 0x58, 4, UInt8(signature.beats), UInt8(power), 24, 8])
    }
    return meters
      + tempo.changes.map { change in
        (tick(change.quarters), [0xFF, 0x51, 3] + bigEndian(change.microsecondsPerQuarter, bytes: 3))
      }
  }

  private static func tick(_ quarters: Double) -> Int {
    guard quarters > 0 else { return 0 }  // also for NaN
    return Int(min(quarters * Double(ticksPerQuarter), Double(lastTick)).rounded())
  }

  private static func quarters(_ tick: Int) -> Double {
    Double(tick) / Double(ticksPerQuarter)
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
