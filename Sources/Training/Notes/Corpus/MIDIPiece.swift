// A Standard MIDI File as a piece.

import Foundation
import MIDI

/// Reads Standard MIDI Files of all formats and says what is odd about them.
///
/// A note's instrument is the program of its channel when it begins, whichever track selected it; channel 10 is
/// percussion. A note off ends the oldest note of its pitch, channel and track; notes without one end with the file.
enum MIDIPiece {
  /// A silence of more quarter notes is worth a remark.
  private static let longSilence = 64.0

  static func read(_ file: CorpusFile) throws(CorpusExclusion) -> CorpusPiece {
    let data: Data
    do { data = try Data(contentsOf: file.url) } catch { throw .broken(error.localizedDescription) }
    let midi: StandardMIDIFile
    do throws(StandardMIDIFileError) {
      midi = try StandardMIDIFile(data: data)
    } catch {
      if case .tooLarge(let bytes) = error.problem { throw .huge("it has \(bytes) bytes") }
      // The error speaks of "the MIDI data", for it was not told the file's name.
      throw .broken(error.description.replacing("the MIDI data", with: "it"))
    }
    var instruments = instruments(of: midi)[...]
    let notes = midi.scoreNotes().map { note in
      CorpusNote(
        start: midi.tempoMap.seconds(atQuarters: note.onset), end: midi.tempoMap.seconds(atQuarters: note.end),
        beat: note.onset, duration: note.duration, pitch: Int16(note.pitch), velocity: Int16(note.velocity),
        instrument: instruments.popFirst() ?? 0, part: Int16(note.channel))
    }
    var piece = CorpusPiece(
      name: file.path, group: file.group, source: file.source, composer: file.subfolder, genre: file.subfolder,
      notes: notes)
    piece.division = .parts("channel")
    piece.remarks = remarks(on: midi, data: data, notes: notes)
    return piece
  }

  /// The instrument of each attack, in the order of the attacks.
  static func instruments(of midi: StandardMIDIFile) -> [Int16] {
    var programs = [Int16](repeating: 0, count: 16)
    var instruments: [Int16] = []
    for event in midi.events {
      switch event.message {
      case .programChange(let channel, let program): programs[channel] = Int16(program)
      case .noteOn(let channel, _, _):
        instruments.append(channel == GeneralMIDI.drumChannel ? Int16(GeneralMIDI.drums) : programs[channel])
      default: break
      }
    }
    return instruments
  }

  private static func remarks(on midi: StandardMIDIFile, data: Data, notes: [CorpusNote]) -> [String] {
    var remarks: [String] = []
    if midi.format == 2 { remarks.append("format 2: its tracks follow one another") }
    // The high bit of the header's division, in bytes 12 and 13, says that time is counted in SMPTE frames.
    if data.count > 12, data[data.startIndex + 12] >= 0x80 { remarks.append("SMPTE time: a beat is half a second") }
    let endless = tracksWithoutEnd(data)
    if endless > 0 { remarks.append("\(endless) tracks without an end of track") }
    let empty = notes.count { $0.duration <= 0 }
    if empty > 0 { remarks.append("\(empty) notes of no length") }
    let drums = notes.count { $0.instrument == Int16(GeneralMIDI.drums) }
    if drums > 0 { remarks.append("\(drums) notes of percussion") }
    // The end of the note that sounds on each key of each channel.
    var ends = [Double](repeating: 0, count: 16 * 128)
    var overlaps = 0
    var silence = 0.0
    var last = 0.0
    for note in notes {
      let key = Int(note.part) * 128 + Int(note.pitch)
      if note.beat < ends[key] { overlaps += 1 }
      ends[key] = max(ends[key], note.beat + note.duration)
      silence = max(silence, note.beat - last)
      last = max(last, note.beat + note.duration)
    }
    if overlaps > 0 { remarks.append("\(overlaps) notes struck while their key sounds") }
    if silence > longSilence { remarks.append("a silence of \(Int(silence)) beats") }
    return remarks
  }

  /// Tracks whose chunk does not end in the event that ends a track.
  private static func tracksWithoutEnd(_ data: Data) -> Int {
    let bytes = [UInt8](data)
    func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    var count = 0
    var place = 0
    while place + 8 <= bytes.count {
      let end = place + 8 + number(place + 4)
      guard end <= bytes.count else { break }
      if bytes[place..<place + 4].elementsEqual("MTrk".utf8),
        !bytes[place + 8..<end].suffix(3).elementsEqual([0xFF, 0x2F, 0])
      {
        count += 1
      }
      place = end
    }
    return count
  }
}
