// What a MusicXML score says, in quarter notes.

/// The facts collected from a score; positions and durations are in quarter notes from the start.
struct MusicXMLContent {
  /// A note, with its ties merged.
  struct Note {
    var pitch: Int
    var onset: Double
    var end: Double
    /// The number of the part, from 0.
    var part: Int
    /// The staff within the part, from 1.
    var staff = 1
    /// MIDI velocity, from the dynamics marks.
    var velocity = MusicXMLDynamics.usual
  }

  /// A part of the score.
  struct Part {
    var name = ""
    /// General MIDI program, 0…127.
    var program = 0
    var isPercussion = false
  }

  var notes: [Note] = []
  /// The parts by their numbers.
  var parts: [Part] = []
  /// The first creator of the type "composer".
  var composer: String?
  var tempos: [(position: Double, quartersPerMinute: Double)] = []
  var keys: [(position: Double, fifths: Int)] = []
  var endsOnLastPage = true
}
