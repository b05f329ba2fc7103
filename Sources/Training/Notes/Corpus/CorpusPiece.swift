// A piece of music on its way from a file to the outputs.

import Improviser
import Music

/// A note of a piece with its place in the score and in time.
struct CorpusNote: Hashable, Sendable {
  /// Seconds from the start of the piece.
  var start: Double
  var end: Double
  /// Quarter notes from the start of the piece.
  var beat: Double
  /// Quarter notes.
  var duration: Double
  var pitch: Int16
  var velocity: Int16
  /// The number of `GeneralMIDI`.
  var instrument: Int16
  /// The number of the part: of a score's part, of a MIDI channel, of an instrument.
  var part: Int16
  /// The staff within the part, from 1.
  var staff: Int16 = 1
}

/// What a file holds: one piece; a book of tunes holds several.
struct CorpusPiece: Sendable {
  /// How its parts become sequences of their own.
  enum Division: Sendable {
    /// Parts on one staff, and the staves of parts on two.
    case staves
    /// The parts, called by this word in their names.
    case parts(String)
    /// Not at all.
    case none
  }

  /// The name within the source.
  var name: String
  var group: String
  var source: String
  var composer: String?
  var genre: String?
  /// In the order of their onsets.
  var notes: [CorpusNote]
  /// The names of the parts, where they have any.
  var parts: [Int16: String] = [:]
  var scale: Scale?
  var division = Division.none
  /// What is odd about the file, one clause each.
  var remarks: [String] = []
  /// For tunes in ABC: what tells whether two are one tune.
  var tune: TuneGroups.Keys?
}
