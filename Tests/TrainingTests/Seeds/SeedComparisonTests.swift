// The seeds' set-ups run from end to end on a little music, and say what they need.
import Foundation
import Improviser
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct SeedComparisons {
    private static func sequences(_ numbers: Range<Int>) -> [NoteSequence] {
      numbers.map { NoteFixtures.sequence($0, notes: 80) }
    }

    private let music = SeedMusic(training: sequences(0..<6), test: sequences(6..<8))
    private var options: SeedOptions {
      var options = SeedOptions()
      options.isQuick = true
      return options
    }

    @Test func neuralTunesHasAllRows() throws {
      let table = try NeuralTunesSeed(music, options) { _ in }.table()
      #expect(table.rows.count == 5)
      #expect(table.rows.first?.cells.first == "5.67")
      // Few enough tokens in this music that an even guess is better than 174 would allow.
      let nats = try #require(table.rows.last?.cells.first.flatMap { Double($0) })
      #expect(nats > 0 && nats < 6)
      let drawn = try #require(table.rows.last?.cells.last.flatMap { Int($0) })
      #expect((1...128).contains(drawn))
    }

    @Test func musicNetMeasuresTheSameWeightsTwice() throws {
      let table = try MusicNetSeed(music, options) { _ in }.table()
      #expect(table.rows.count == 7)
      #expect(table.rows.first?.cells == ["90 %"])
      // The regression predicts no times.
      #expect(table.rows.last?.cells.suffix(2) == ["", ""])
    }

    @Test func theSameSeedGivesTheSameFigures() throws {
      let first = try NeuralTunesSeed(music, options) { _ in }.table()
      #expect((try NeuralTunesSeed(music, options) { _ in }.table() == first) as Bool)
    }

    @Test func theBestClassifierOfRandomNotesIsBelow84Percent() throws {
      let comparison = try SeedComparison([.chromaLite], data: nil, options: options) { _ in false }
      let best = try #require(comparison.tables.first?.rows.last?.cells.first)
      let share = try #require(Double(best.dropLast(2)))
      #expect((80...85).contains(share))
      #expect(comparison.text.contains("78.28 %"))
      #expect(try comparison.json().contains("\"78.28 %\""))
    }

    @Test func saysWhatItNeeds() {
      #expect {
        try SeedComparison([.musicNet], data: nil, options: options) { _ in false }
      } throws: { "\($0)".contains("--data") }
      #expect {
        try SeedComparison([.chromaLite], data: nil, options: options) { _ in true }
      } throws: { "\($0)".hasPrefix("Interrupted") }
      var wrong = options
      wrong.threads = 0
      #expect(throws: TrainingError.self) {
        try SeedComparison([.chromaLite], data: nil, options: wrong) { _ in false }
      }
    }

    @Test func tableIsAligned() {
      var table = SeedTable(title: "title", columns: ["a", "long"])
      table.add("first", "1", "2")
      table.add("second row", "10")
      table.remarks = ["A remark."]
      #expect(
        table.text == """
          title
                        a   long
          first         1      2
          second row   10
          A remark.

          """)
    }
  }
}
