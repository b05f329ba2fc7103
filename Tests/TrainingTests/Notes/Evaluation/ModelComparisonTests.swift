// Tests of models side by side.
import Foundation
import Improviser
import Neural
import Testing
import Torch

@testable import Training

extension TorchRandomTests.Notes {
  @Suite struct ModelComparisons {
    /// A folder with prepared notes of twelve pieces and a small model of each of three kinds.
    private final class Fixture {
      let folder = FileManager.default.temporaryDirectory.appending(path: "comparison-\(UUID().uuidString)")
      var models: [URL] = []
      var data: URL { folder.appending(path: "notes.safetensors") }

      init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let writer = try PreparedNotesWriter(to: data)
        for number in 0..<12 { try writer.append(NoteFixtures.sequence(number, notes: 40)) }
        try writer.finish()
        try TorchRuntime.seed(8)
        for kind in [NoteModelKind.lstm, .regression, .bidirectionalAttention] {
          var options = NoteModelOptions(kind)
          if options.embedding > 0 { options.embedding = 8 }
          options.hidden = [12, 12]
          let url = folder.appending(path: "\(kind.rawValue).safetensors")
          try NoteLearnerFile.write(
            NoteLearnerFactory.make(options), memory: nil, notes: ["seconds_a_pass": "7"], as: .float32, to: url)
          models.append(url)
        }
      }

      deinit { try? FileManager.default.removeItem(at: folder) }
    }

    @Test func rowsSayWhatWasMeasured() throws {
      let fixture = try Fixture()
      var options = ModelComparison.Options()
      options.split = nil
      let notes = try PreparedNotesSet(contentsOf: [fixture.data])
      let comparison = try ModelComparison(models: fixture.models, notes: notes, options: options)
      #expect(comparison.notes == 480 && comparison.sequences == 12)
      let names = comparison.rows.map(\.model)
      #expect(
        names == ["lstm", "regression", "bilstm-attention", "unigram", "bigram", "best n-gram", "even chances"])
      // The same as the trainer measures.
      let lstm = try NoteLearnerFile.read(fixture.models[0])
      let bits = try NoteTrainer.measure(
        lstm, on: (0..<12).map { NoteFixtures.sequence($0, notes: 40) }, isScaleHidden: true)
      let row = try #require(comparison.rows.first)
      for attribute in NoteAttribute.allCases {
        #expect(abs((row.bits[attribute.name] ?? 0) - bits[attribute]) < 1e-4)
      }
      #expect(row.parameters == lstm.parameterCount && row.secondsAPass == 7 && (row.stepsASecond ?? 0) > 0)
      #expect(comparison.rows[1].bits.keys.sorted() == ["pitch"])
      #expect(!comparison.rows[2].runsLive && comparison.rows[2].stepsASecond == nil)
      #expect(comparison.rows.last?.bits["pitch"] == 7)
      // What follows a scale is foreseen from the note before, and half of the pieces teach it.
      let (unigram, bigram) = (comparison.rows[3].bits["pitch"] ?? 0, comparison.rows[4].bits["pitch"] ?? 0)
      #expect(bigram < unigram && unigram < 7)
      #expect(comparison.confusions["regression"]?.reduce(0, +) == 480)
      #expect(comparison.attention["bilstm-attention"]?.count == 1)
      #expect(comparison.csv.split(separator: "\n").count == 8)
      #expect(comparison.text.contains("(hears both sides)") && comparison.text.contains("cannot"))
    }

    @Test func nothingToMeasureIsASentence() throws {
      let fixture = try Fixture()
      var options = ModelComparison.Options()
      (options.split, options.parts) = (nil, [.voice])
      let notes = try PreparedNotesSet(contentsOf: [fixture.data])
      let error = #expect(throws: TrainingError.self) {
        try ModelComparison(models: fixture.models, notes: notes, options: options)
      }
      #expect(error?.description.contains("no piece of that kind") == true)
    }

    @Test func conditionsAreFoundByAPartOfTheirName() throws {
      var options = NoteModelOptions(.transformer)
      let without = #expect(throws: TrainingError.self) { try options.place(ofCondition: "Schubert") }
      #expect(without?.description.contains("without conditions") == true)
      options.conditions = ["Schubert, Franz", "Schumann, Clara", "Schumann, Robert"]
      #expect(try options.place(ofCondition: nil) == 0)
      #expect(try options.place(ofCondition: "schubert") == 1)
      #expect(try options.place(ofCondition: "Schumann, Robert") == 3)
      let several = #expect(throws: TrainingError.self) { try options.place(ofCondition: "schumann") }
      #expect(several?.description.contains("knows several") == true)
    }
  }
}
