// A sequence in the classes of the vocabulary, as the network reads and predicts it.
import Improviser
import Music

/// The classes of a sequence's notes, with its scale.
struct NoteClasses: Sendable {
  /// The classes of each attribute, by `NoteAttribute.rawValue`, one a note.
  private(set) var values: [[Int64]]
  /// What the network is told of the scale; nil when it is not known.
  var scale: ScaleCondition?
  /// What the network is told of the composer or genre: 0 nothing, else 1 + the place in `NoteModelOptions.conditions`.
  var condition: Int64 = 0
  /// Notes that each cell stands for; nil where that is 1 for all.
  private(set) var noteCounts: [Int]?
  /// Surprise in nats that each cell adds to that of its class, for what the class leaves open; nil where there is
  /// none.
  private(set) var extraNats: [Double]?

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

  /// The tokens of a network with a vocabulary of its own, as classes of the pitch; the other attributes are 0.
  ///
  /// - Parameters:
  ///   - noteCounts: the notes that each token stands for, as many as tokens.
  ///   - extraNats: surprise in nats that is added to that of each token, as many as tokens.
  init(tokens: [Int64], noteCounts: [Int], extraNats: [Double]) {
    let nothing = [Int64](repeating: 0, count: tokens.count)
    values = NoteAttribute.allCases.map { $0 == .pitch ? tokens : nothing }
    self.noteCounts = noteCounts
    self.extraNats = extraNats
  }

  /// Whether the cells are tokens of a network's own vocabulary, any of which may follow any other.
  var isTokens: Bool { noteCounts != nil }

  /// The classes of one attribute.
  subscript(attribute: NoteAttribute) -> [Int64] { values[attribute.rawValue] }

  /// The lowest pitch that note `index` can have: above the note before within a chord, else 0.
  func lowestPitch(at index: Int) -> Int64 {
    !isTokens && index > 0 && values[0][index] == 0 ? values[1][index - 1] + 1 : 0
  }
}
