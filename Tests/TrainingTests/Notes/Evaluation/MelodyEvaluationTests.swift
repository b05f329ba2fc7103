// Tests of the cross-validation on melodies.

import Foundation
import MIDI
import Music
import Testing

@testable import Training

extension TorchRandomTests {
  @Suite struct MelodyEvaluationTests {
    /// Melodies that go up and down a few notes, every one from another degree.
    private static func melodies(_ count: Int) -> [Melody] {
      (0..<count).map { number in
        Melody(
          (0..<12).map { step in
            let pitch = [60, 62, 64, 65, 67, 65, 64, 62][(step + number) % 8]
            return MIDI.ScoreNote(onset: Double(step), duration: 1, pitch: pitch)
          })
      }
    }

    @Test func aMelodyIsTheTopOfWhatSounds() throws {
      let folder = try TemporaryFolder()
      let notes = [
        Note(pitch: 60, onset: 0, duration: 0.5), Note(pitch: 67, onset: 0, duration: 0.25),
        Note(pitch: 64, onset: 0.5, duration: 0.5), Note(pitch: 40, onset: 0.5, duration: 0.5, channel: 9),
      ]
      try folder.write(StandardMIDIFile.data(notes: notes), to: "b.mid")
      try folder.write(StandardMIDIFile.data(notes: []), to: "empty.mid")
      let melodies = try Melody.melodies(in: folder.url)
      #expect(melodies.map(\.pitches) == [[67, 64]])
      #expect(melodies.map(\.onsets) == [[0, 24]])
      #expect(melodies.map(\.durations) == [[12, 24]])
    }

    @Test func everyWayPredictsAPatternBetterThanChance() throws {
      var options = MelodyEvaluation.Options()
      (options.folds, options.epochs, options.networks) = (4, 12, 1)
      var network = MelodyOptions()
      (network.embedding, network.hidden, network.batch, network.rate) = (16, 24, 4, 1e-2)
      network.transposition = 1
      var lines = 0
      let evaluation = try MelodyEvaluation(Self.melodies(16), options: options, network: network) { _ in lines += 1 }
      #expect(evaluation.notes == 192)
      #expect(evaluation.pitches == 5)
      #expect(lines == 8)
      #expect(evaluation.rows.map(\.model).prefix(5) == ["LTM", "STM", "LTM+STM", "LSTM", "LSTM+memory"])
      // Chance is log2(5) = 2.32 bits.
      for row in evaluation.rows where row.model != "STM" { #expect(row.bits < 1.9, "\(row)") }
      #expect(evaluation.text.contains("16 melodies, 192 notes, 4 folds"))
      let decoded = try JSONDecoder().decode(MelodyEvaluation.self, from: Data(try evaluation.json().utf8))
      #expect(decoded.rows == evaluation.rows)
    }

    @Test func theNetworkHearsOnlyWhatWasBefore() throws {
      let features = MelodyFeature.allCases
      let network = try MelodyNetwork(features: features, options: MelodyOptions())
      var melody = Self.melodies(1)[0]
      func log(_ melody: Melody) throws -> [Float] {
        try network.logProbabilities(MelodyBatch([(melody, 0)], features: features), training: false).floats()
      }
      let before = try log(melody)
      melody.pitches[6] = 50
      melody.durations[6] = 7
      let after = try log(melody)
      #expect(before.prefix(7 * 128) == after.prefix(7 * 128))
      #expect(before.suffix(128) != after.suffix(128))
      for step in 0..<12 {
        let sum = before[step * 128..<(step + 1) * 128].reduce(0) { $0 + exp($1) }
        #expect(abs(sum - 1) < 1e-4)
      }
    }

    @Test func foldsThatCannotBeAreRefused() {
      var options = MelodyEvaluation.Options()
      options.folds = 9
      let error = #expect(throws: TrainingError.self) { try MelodyEvaluation(Self.melodies(8), options: options) }
      #expect(error?.description.contains("--folds is 9 for 8 melodies") == true)
    }
  }
}
