// Tests of filling in other notes.
import Improviser
import MIDI
import Testing
import Torch

@testable import Training

extension TorchRandomTests.Notes {
  @Suite struct Infillings {
    /// Two bars of chords of two and three notes, and a drum on every beat.
    private let notes: [ScoreNote] = (0..<8).flatMap { beat in
      [60, 64, 67].prefix(2 + beat % 2).map {
        ScoreNote(onset: Double(beat), duration: 1, pitch: $0 + beat, velocity: 70, channel: 3, track: 1)
      } + [ScoreNote(onset: Double(beat), duration: 0.5, pitch: 38, velocity: 90, channel: 9)]
    }

    private func filler() throws -> Infilling {
      try TorchRuntime.seed(5)
      var options = NoteModelOptions(.bidirectionalAttention)
      (options.embedding, options.hidden) = (8, [12, 12])
      return try Infilling(BidirectionalAttentionNetwork(options), name: "small")
    }

    @Test func onlyThePitchesOfTheStretchChange() throws {
      let filled = try filler().fill(notes, in: 2..<5, seed: 1)
      #expect(filled.count == notes.count)
      for (old, new) in zip(notes, filled) {
        var same = new
        same.pitch = old.pitch
        #expect(same == old)
        if old.channel == 9 || !(2..<5).contains(old.onset) { #expect(new.pitch == old.pitch) }
      }
      #expect(filled != notes)
      // A chord still has as many different notes, in their order.
      for beat in 2..<5 {
        let chord = filled.filter { $0.onset == Double(beat) && $0.channel == 3 }.map(\.pitch)
        #expect(zip(chord, chord.dropFirst()).allSatisfy { $0 < $1 })
      }
    }

    @Test func theSeedDecides() throws {
      let filler = try filler()
      let (first, again) = (try filler.fill(notes, in: 0..<8, seed: 2), try filler.fill(notes, in: 0..<8, seed: 2))
      let other = try filler.fill(notes, in: 0..<8, seed: 3)
      #expect(first == again)
      #expect(first != other)
    }

    @Test func whatCannotBeFilledIsASentence() throws {
      let nothing = #expect(throws: TrainingError.self) { try filler().fill(notes, in: 90..<94) }
      #expect(nothing?.description.contains("No note begins there") == true)
      let causal = #expect(throws: TrainingError.self) {
        try Infilling(LSTMLearner(NoteNetwork(NoteFixtures.options)), name: "live.safetensors")
      }
      #expect(causal?.description.contains("live.safetensors is of the kind lstm") == true)
    }
  }
}
