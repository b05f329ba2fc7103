// Interpolations, grids and reconstructions.

import Foundation
import Improviser
import Music
import Testing

@testable import Training

@Suite struct LatentResultTests {
  private let patterns: [ThesaurusPattern]
  private let exact: PatternDecoder

  init() throws {
    patterns = try [
      "tritone/interpolation/1:3", "sesquitone/ultrapolation/2:4", "diapente/infrapolation/1:2",
      "whole-tone/infra-ultrapolation/3:5",
    ].map { try ThesaurusPattern(name: $0) }
    exact = PatternDecoder(model: try LatentModelFixture.exact())
  }

  private func vectors(_ decoder: PatternDecoder) throws -> [LatentVector] {
    patterns.map { LatentVector(numbers: decoder.model.encode($0).mean, origin: .pattern($0, file: nil)) }
  }

  @Test func interpolationShowsBothEnds() throws {
    let decoder = PatternDecoder(model: try LatentModelFixture.random())
    let given = try vectors(decoder)
    let row = LatentInterpolation(given[0], given[1], steps: 8, path: .linear, decoder: decoder)
    #expect(row.points.count == 8)
    // A model that learned nothing gives other patterns; what was named is shown all the same.
    #expect(row.points[0].pattern == patterns[0] && row.points[7].pattern == patterns[1])
    #expect(row.points.map(\.letter) == ["A"] + [String?](repeating: nil, count: 6) + ["B"])
    let steps = (1..<8).map(row.changes(at:))
    #expect(steps.allSatisfy { $0 <= 3 }, "\(steps)")
    #expect(row.distances(at: 0)[0] == 0 && row.distances(at: 7)[1] == 0)
    #expect(row.distances(at: 0)[1] == EditDistance.between(patterns[0].cell, patterns[1].cell))
  }

  @Test(arguments: LatentPath.allCases) func gridHasItsCornersInPlace(path: LatentPath) throws {
    let grid = LatentGrid(try vectors(exact), size: 3, path: path, decoder: exact)
    #expect([0, 2, 6, 8].map { grid.points[$0].pattern } == patterns)
    #expect([0, 2, 6, 8].map { grid.points[$0].letter } == ["A", "B", "C", "D"])
    #expect(grid.distances(at: 2)[1] == 0 && grid.distances(at: 6)[2] == 0)
    #expect(grid.changesFromLeft(at: 3) == nil && grid.changesFromAbove(at: 2) == nil)
    let cells = [0, 3].map { grid.points[$0].pattern.cell }
    #expect(grid.changesFromAbove(at: 3) == EditDistance.between(cells[0], cells[1]))
  }

  @Test(arguments: LatentPath.allCases) func neighboursInAGridDifferInFewNotes(path: LatentPath) throws {
    let decoder = PatternDecoder(model: try LatentModelFixture.random())
    let grid = LatentGrid(try vectors(decoder), size: 5, path: path, decoder: decoder)
    let steps = (0..<25).flatMap { [grid.changesFromLeft(at: $0), grid.changesFromAbove(at: $0)] }.compactMap { $0 }
    #expect(steps.count == 40 && steps.allSatisfy { $0 <= MorphWalk.limit }, "\(steps)")
    #expect(zip(grid.points, LatentResult(grid, path: path).entries).allSatisfy { point, entry in
      point.letter != nil || (entry.remark == "joins its neighbours") == !point.isExact
    })
  }

  /// The middle of a square on straight paths is the mean of its corners.
  @Test func gridIsBilinear() throws {
    let corners: [[Float]] = [[0, 0], [4, 0], [0, 8], [4, 8]]
    let decoder = PatternDecoder(model: try LatentModelFixture.random(latent: 2))
    let given = corners.map { LatentVector(numbers: $0, origin: .numbers) }
    let grid = LatentGrid(given, size: 5, path: .linear, decoder: decoder)
    for (index, point) in grid.points.enumerated() {
      #expect(point.numbers == [Float(index % 5), Float(2 * (index / 5))])
    }
  }

  @Test func reconstructsExactly() {
    for pattern in patterns {
      let found = LatentReconstruction(pattern, decoder: exact)
      #expect(found.isExact && found.changes == 0 && found.differences.isEmpty)
      // A variance of 1 leaves half the squares of the means.
      let squares = found.point.numbers.reduce(0.0) { $0 + Double($1) * Double($1) / 2 }
      #expect(abs(found.divergence - squares) < 1e-5)
    }
  }

  @Test func saysWhatDiffers() throws {
    let pattern = try #require(ThesaurusPattern(.tritone, offsets: [-1, 3]))
    let other = try #require(ThesaurusPattern(.ditone, offsets: [3, 6]))
    var found = LatentReconstruction(pattern, decoder: exact)
    found = LatentReconstruction(original: pattern, like: found, decoded: other)
    #expect(!found.isExact)
    #expect(found.differences == ["ditone instead of tritone", "without -1", "with +6"])
    #expect(found.changes == EditDistance.between(pattern.cell, other.cell))
  }

  @Test func tables() throws {
    let grid = LatentGrid(try vectors(exact), size: 2, path: .linear, decoder: exact)
    let text = LatentResult(grid, path: .linear).text(tonic: PitchClass(wrapping: 2), showsVectors: false)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    #expect(lines[1].hasPrefix("A 1.1  tritone/interpolation/1:3") && lines[1].contains("D F"))
    #expect(lines[5].hasPrefix("changed notes, largest step: "))
    let samples = LatentResult(samples: try vectors(exact), decoder: exact)
    #expect(samples.figures.map(\.name) == ["new", "different"])
    #expect(samples.figures[1].text == "4 of 4")
    let shown = samples.text(tonic: PitchClass(wrapping: 0), showsVectors: true)
    #expect(shown.components(separatedBy: "\n  z ").count == 5)
  }

  @Test func notesAreNamedAsTheScoreWritesThem() throws {
    let pattern = try ThesaurusPattern(name: "tritone/infra-interpolation/3:2")
    #expect(pattern.noteNames(on: PitchClass(wrapping: 0)) == "C B C♯ D♯ F♯")
    let table = PatternTable(.sheet([PatternEntry(pattern)])).text
    #expect(table.contains("C4 B3 C♯4 D♯4 F♯4"))
  }

  @Test func novelIsWhatDidNotTrain() throws {
    let split = PatternSplit.standard
    let (trained, held) = (split.training[0], split.unseenClasses[0])
    let vectors = [trained, held].map {
      LatentVector(numbers: exact.model.encode($0).mean, origin: .pattern($0, file: nil))
    }
    let result = LatentResult(samples: vectors, decoder: exact)
    #expect(result.entries.map(\.isNovel) == [false, true])
    #expect(result.figures[0].text == "1 of 2")
  }
}

extension LatentReconstruction {
  /// A reconstruction that gave another pattern.
  fileprivate init(original: ThesaurusPattern, like found: LatentReconstruction, decoded: ThesaurusPattern) {
    var point = found.point
    point.pattern = decoded
    self.init(original: original, point: point, divergence: found.divergence)
  }
}
