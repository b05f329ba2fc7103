// Sequences of notes for tests: a walk that a network can learn, with chords.
import Improviser
import Music

@testable import Training

enum NoteFixtures {
  /// `count` notes that follow a rule but for one note in six: up and down a scale, each fourth note a chord of two.
  static func sequence(_ number: Int, notes count: Int, scale: Scale? = nil) -> NoteSequence {
    var random = SplitMix64(seed: 7, index: UInt64(number))
    var events: [NoteEvent] = []
    let steps = [0, 2, 4, 5, 7, 9, 11, 12, 11, 9, 7, 5, 4, 2]
    var place = random.integer(0...steps.count - 1)
    let base = 55 + random.integer(0...6)
    while events.count < count {
      let pitch = base + steps[place % steps.count]
      let interval = events.isEmpty ? 0 : random.chance(1 / 6) ? 24 : 12
      events.append(NoteEvent(interval: interval, pitch: pitch, duration: 12, velocity: 60 + 8 * (place % 3)))
      if place % 4 == 0 { events.append(NoteEvent(interval: 0, pitch: pitch + 4, duration: 24, velocity: 50)) }
      place += random.chance(1 / 6) ? 2 : 1
    }
    return NoteSequence(
      events: Array(events.prefix(count)), scale: scale, group: "group \(number)", source: "test", name: "\(number)")
  }

  static let dDorian = Scale(name: "D dorian")!

  /// A small network of the kind that ships.
  static var options: NoteNetworkOptions {
    var options = NoteNetworkOptions()
    (options.embedding, options.hidden) = (12, 16)
    (options.pitchHidden, options.durationHidden, options.velocityHidden) = (20, 12, 8)
    return options
  }

  /// A small model of a kind; the seed's with the vocabulary of the sequences.
  static func model(_ kind: NoteModelKind) -> NoteModelOptions {
    var options = NoteModelOptions(kind)
    if options.embedding > 0 { options.embedding = 16 }
    options.hidden = options.hidden.map { _ in 16 }
    return options
  }
}
