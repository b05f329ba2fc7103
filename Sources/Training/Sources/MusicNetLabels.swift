// The note labels of one recording of MusicNet.

import Foundation

/// The labels of a file such as `train_labels/1727.csv` (Thickstun, Harchaoui and Kakade, "Learning features of music
/// from scratch", 2017).
///
/// Columns: `start_time` and `end_time` are places in a recording of 44,100 samples a second; `instrument` is the
/// number of a General MIDI instrument counted from 1 (1 piano, 7 harpsichord, 41 violin, 74 flute); `note` is a MIDI
/// pitch; `start_beat` is a place in quarter notes from the start, and `end_beat`, in spite of its name, a duration in
/// quarter notes; `note_value` names the note value and is not read. The columns may stand in any order.
enum MusicNetLabels {
  /// Samples a second of all recordings.
  static let sampleRate = 44_100.0
  /// MusicNet has no velocities.
  static let velocity = 80

  /// One label.
  struct Label: Hashable {
    /// Seconds from the start of the recording.
    var start: Double
    var end: Double
    /// General MIDI program, 0…127.
    var program: Int
    var pitch: Int
    /// Quarter notes from the start of the score.
    var beat: Double
    /// Quarter notes.
    var duration: Double
  }

  /// Why a file holds no labels, as the end of a sentence; it names the line.
  struct Failure: Error {
    var reason: String
  }

  private static let columns = ["start_time", "end_time", "instrument", "note", "start_beat", "end_beat"]
  /// No score and no recording is longer.
  private static let longest = 1e9

  /// Reads the text of a file.
  static func read(_ text: some Sequence<UInt8>) throws(Failure) -> [Label] {
    let rows = CSVText.rows(text)
    guard let header = rows.first else { throw Failure(reason: "it is empty") }
    let names = header.fields.map { $0.trimmingCharacters(in: .whitespaces.union(["\u{FEFF}"])).lowercased() }
    let missing = columns.filter { !names.contains($0) }
    guard missing.isEmpty else {
      let noun = missing.count == 1 ? "the column" : "the columns"
      throw Failure(reason: "line \(header.line): \(noun) \(missing.joined(separator: ", ")) missing")
    }
    let places = columns.compactMap(names.firstIndex)
    var labels: [Label] = []
    labels.reserveCapacity(rows.count)
    for row in rows.dropFirst() {
      var numbers: [Double] = []
      for (name, place) in zip(columns, places) {
        guard place < row.fields.count else { throw Failure(reason: "line \(row.line): no \(name)") }
        let text = row.fields[place].trimmingCharacters(in: .whitespaces)
        guard let number = Double(text), number.isFinite, abs(number) <= longest else {
          throw Failure(reason: "line \(row.line): \(name) is \"\(text.prefix(20))\", which is no number")
        }
        numbers.append(number)
      }
      labels.append(try label(numbers, line: row.line))
    }
    return labels
  }

  private static func label(_ numbers: [Double], line: Int) throws(Failure) -> Label {
    let (start, end, instrument, note) = (numbers[0], numbers[1], numbers[2], numbers[3])
    guard start >= 0, end >= start else {
      throw Failure(reason: "line \(line): the note ends before it begins, or begins before the recording")
    }
    guard (0...127).contains(note), note == note.rounded() else {
      throw Failure(reason: "line \(line): note is \(note), and MIDI pitches are 0 to 127")
    }
    guard (1...128).contains(instrument), instrument == instrument.rounded() else {
      throw Failure(reason: "line \(line): instrument is \(instrument), and General MIDI's are 1 to 128")
    }
    guard numbers[4] >= 0, numbers[5] >= 0 else { throw Failure(reason: "line \(line): a beat is below 0") }
    return Label(
      start: start / sampleRate, end: end / sampleRate, program: Int(instrument) - 1, pitch: Int(note),
      beat: numbers[4], duration: numbers[5])
  }
}
