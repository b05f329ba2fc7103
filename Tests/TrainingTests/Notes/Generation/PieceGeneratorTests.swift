// Tests of whole pieces.

import Improviser
import Music
import Testing

@testable import Training

@Suite struct PieceGeneratorTests {
  private func piece(bars: Int, seed: UInt64 = 1, scale: Scale? = nil) throws -> [Note] {
    var settings = AnswerSettings()
    if let scale { settings.scaleRule = .lock(scale) }
    return try PieceGenerator(settings: settings, seed: seed) { FakePrediction() }.piece(bars: bars)
  }

  @Test(arguments: [1, 4, 13])
  func aPieceHasItsLength(bars: Int) throws {
    let notes = try piece(bars: bars)
    let end = try #require(notes.map(\.end).max())
    #expect(end <= Double(bars) * 2 + 1e-6)
    // The last phrase may rest before the last bar line, but not for long.
    #expect(end > Double(bars) * 2 - 4)
    #expect(notes.first?.onset == 0)
    #expect(notes.allSatisfy { (0...127).contains($0.pitch) && $0.duration > 0 && (1...127).contains($0.velocity) })
    // No gap of more than two bars.
    let onsets = notes.map(\.onset).sorted()
    #expect(zip(onsets, onsets.dropFirst()).allSatisfy { $1 - $0 <= 4 })
  }

  @Test func theSeedDecides() throws {
    #expect(try piece(bars: 6) == piece(bars: 6))
    #expect(try piece(bars: 6) != piece(bars: 6, seed: 2))
  }

  @Test func aScaleIsKept() throws {
    let scale = Scale(tonic: PitchClass(wrapping: 2), family: .dorian)
    #expect(try piece(bars: 8, scale: scale).allSatisfy { scale.contains($0.pitchClass) })
  }

  @Test(arguments: [0, -3, 5000])
  func impossibleLengthsAreRefused(bars: Int) {
    let error = #expect(throws: TrainingError.self) { try piece(bars: bars) }
    #expect(error?.description.contains("--length is \(bars)") == true)
  }
}
