// A melody, and a folder of them.

import Foundation
import MIDI

/// The notes of a melody one after another.
struct Melody: Hashable, Sendable {
  var pitches: [Int]
  /// Onsets in ticks of 1/24 quarter from the beginning of the file.
  var onsets: [Int]
  /// Durations in ticks.
  var durations: [Int]

  /// The melody of a MIDI file; of notes that begin together the highest counts.
  ///
  /// - Throws: `StandardMIDIFileError` when the file cannot be read.
  init(contentsOf url: URL) throws(StandardMIDIFileError) {
    self.init(try StandardMIDIFile(contentsOf: url).scoreNotes())
  }

  /// The melody of notes in quarters.
  init(_ notes: [MIDI.ScoreNote]) {
    var top: [Int: (pitch: Int, duration: Int)] = [:]
    for note in notes where note.channel != 9 {
      let onset = Int((min(max(note.onset, 0), 1e6) * 24).rounded())
      let duration = max(1, Int((min(max(note.duration, 0), 1e6) * 24).rounded()))
      if top[onset].map({ note.pitch > $0.pitch }) ?? true { top[onset] = (note.pitch, duration) }
    }
    onsets = top.keys.sorted()
    pitches = onsets.compactMap { top[$0]?.pitch }
    durations = onsets.compactMap { top[$0]?.duration }
  }

  var count: Int { pitches.count }

  /// The melodies of all MIDI files of a folder in the order of their paths, without empty ones.
  static func melodies(in folder: URL) throws -> [Melody] {
    let files = try MusicFolder(folder)
    return try files.files(["mid", "midi"]).map { try Melody(contentsOf: files.url.appending(path: $0)) }
      .filter { $0.count > 0 }
  }
}
