// What the page is told of the Thesaurus: the sizes of its sections, and the notes of one pattern.

import Foundation
import Music
import Testing

@testable import Web

@Suite struct PatternTableTests {
  /// The table as the page reads it.
  private struct Table: Decodable {
    struct Operation: Decodable {
      let operation: String
      let sizes: [String: Int]
    }
    struct Division: Decodable {
      let progression: String
      let octaves: Int
      let parts: Int
      let operations: [Operation]
    }
    let progressions: [Division]
  }

  @Test func everyPatternHasItsPlace() throws {
    let table = try JSONDecoder().decode(Table.self, from: PatternTable.json)
    #expect(table.progressions.map(\.progression) == Progression.allCases.map(\.rawValue))
    let sizes = table.progressions.flatMap(\.operations).flatMap(\.sizes.values)
    #expect(sizes.reduce(0, +) == PatternList.all.patterns.count)
    #expect(sizes.allSatisfy { $0 > 0 })
    let tritone = try #require(table.progressions.first)
    #expect(tritone.octaves == 1 && tritone.parts == 2)
    // Five semitones lie inside a tritone.
    #expect(tritone.operations.first?.operation == "interpolation")
    #expect(tritone.operations.first?.sizes == ["1": 5, "2": 10, "3": 10, "4": 5])
  }

  @Test func thereIsNoRoomInsideASemitone() throws {
    let table = try JSONDecoder().decode(Table.self, from: PatternTable.json)
    let semitone = try #require(table.progressions.first { $0.progression == "semitone" })
    #expect(!semitone.operations.contains { $0.operation.contains("inter") })
  }

  @Test func everyNameThatCanBeChosenIsAPattern() throws {
    let table = try JSONDecoder().decode(Table.self, from: PatternTable.json)
    for division in table.progressions {
      for operation in division.operations {
        for (count, size) in operation.sizes {
          let section = "\(division.progression)/\(operation.operation)/\(count):"
          #expect(throws: Never.self) { try ThesaurusPattern(name: section + "1") }
          #expect(throws: Never.self) { try ThesaurusPattern(name: section + "\(size)") }
          #expect(throws: PatternNameError.self) { try ThesaurusPattern(name: section + "\(size + 1)") }
        }
      }
    }
  }

  @Test func aCellIsOnTheKeyboard() throws {
    let notes = try PatternNotes(name: "thesaurus:tritone/interpolation/1:3", tonic: "2")
    #expect(notes.name == "tritone/interpolation/1:3")
    #expect(notes.cell == [62, 65, 68])
    #expect(notes.pitchClasses == [2, 5, 8, 11])
    #expect(try PatternNotes(name: "tritone/interpolation/1:3", tonic: nil).cell == [60, 63, 66])
  }

  @Test(arguments: ["", "12", "-1", "D", "1.5", "99999999999999999999"])
  func whatIsNoTonicIsRefused(tonic: String) {
    #expect(throws: PatternNotes.TonicError.self) { try PatternNotes(name: "tritone/interpolation/1:3", tonic: tonic) }
  }
}
