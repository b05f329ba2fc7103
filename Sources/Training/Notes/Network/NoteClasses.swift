// A sequence in the classes of the vocabulary, as the network reads and predicts it.
import Improviser
import Music

/// The classes of a sequence's notes, with its scale.
struct NoteClasses: Sendable {
  /// The classes of each attribute, by `NoteAttribute.rawValue`, one a note.
  private(set) var values: [[Int64]]
  /// What the network is told of the scale; nil when it is not known.
  var scale: ScaleCondition?

  /// Notes.
  var count: Int { values[0].count }

  /// Sorts the notes into classes.
  ///
  /// - Throws: a sentence when the notes of a chord do not rise, which the model cannot express.
  init(_ sequence: NoteSequence) throws(TrainingError) {
    try self.init(sequence.events, scale: sequence.scale, name: sequence.name)
  }

  /// Sorts notes into classes; `name` stands for them in messages.
  init(_ events: [NoteEvent], scale: Scale?, name: String) throws(TrainingError) {
    var values = NoteAttribute.allCases.map { _ in [Int64]() }
    for index in values.indices { values[index].reserveCapacity(events.count) }
    for (index, event) in events.enumerated() {
      let interval = NoteVocabulary.intervalClass(ticks: event.interval)
      guard (0..<NoteVocabulary.pitchCount).contains(event.pitch) else {
        throw TrainingError("Note \(index + 1) of \(name) has pitch \(event.pitch); pitches are 0 to 127.")
      }
      if index > 0, interval == 0, event.pitch <= events[index - 1].pitch {
        throw TrainingError(
          "Note \(index + 1) of \(name) is not above the one before in its chord; sort chords upwards.")
      }
      values[0].append(Int64(interval))
      values[1].append(Int64(event.pitch))
      values[2].append(Int64(NoteVocabulary.durationClass(ticks: event.duration)))
      values[3].append(Int64(NoteVocabulary.velocityClass(event.velocity)))
    }
    self.values = values
    self.scale = scale.map { ScaleCondition($0) }
  }

  /// The classes of one attribute.
  subscript(attribute: NoteAttribute) -> [Int64] { values[attribute.rawValue] }

  /// The lowest pitch that note `index` can have: above the note before within a chord, else 0.
  func lowestPitch(at index: Int) -> Int64 { index > 0 && values[0][index] == 0 ? values[1][index - 1] + 1 : 0 }
}
