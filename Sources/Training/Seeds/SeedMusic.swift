// The piano music on which the seeds are repeated.

/// The upper and lower staves of pianos, which are what prepared songs have of piano music: those of composers that are
/// trained on, and of others.
struct SeedMusic {
  let training, test: [NoteSequence]

  /// Music in memory.
  init(training: [NoteSequence], test: [NoteSequence]) {
    self.training = training
    self.test = test
  }

  /// The staves in a file of prepared notes.
  ///
  /// - Parameter limit: staves of each part of the data, nil for all.
  /// - Throws: a sentence when a part has none.
  init(_ notes: PreparedNotes, limit: Int?) throws {
    func staves(_ split: Split) throws(TrainingError) -> [NoteSequence] {
      let found = notes.sequences(of: split).filter { $0.part == .upper || $0.part == .lower }
      guard !found.isEmpty else {
        throw TrainingError(
          "The data have no staves of a piano in their \(split.rawValue) part; prepare songs or piano scores in "
            + "MusicXML, of several composers.")
      }
      return Array(found.prefix(limit ?? found.count))
    }
    self.init(training: try staves(.train), test: try staves(.test))
  }
}
