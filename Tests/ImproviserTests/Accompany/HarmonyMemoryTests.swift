// What goes round is expected, what does not is not.
import Testing

@testable import Improviser

@Suite struct HarmonyMemoryTests {
  private static let chords = [[0, 4, 7], [9, 0, 4], [5, 9, 0], [7, 11, 2]]

  private func weights(_ chord: [Int]) -> [Double] { (0..<12).map { chord.contains($0) ? 1 : 0 } }

  @Test func theNextChordOfALoopIsExpected() throws {
    var memory = HarmonyMemory()
    for beat in 0..<32 { memory.process(weights(Self.chords[beat / 4 % 4])) }
    for chord in Self.chords {
      let next = try #require(memory.expectation(of: 4))
      #expect(next.trust == 1)
      #expect(abs(next.weights.reduce(0, +) - 1) < 1e-9)
      for pitchClass in 0..<12 { #expect((next.weights[pitchClass] > 0.3) == chord.contains(pitchClass)) }
      for _ in 0..<4 { memory.process(weights(chord)) }
    }
  }

  @Test func silenceIsPartOfTheLoop() throws {
    var memory = HarmonyMemory()
    for beat in 0..<24 { memory.process(beat % 4 == 3 ? weights([]) : weights(Self.chords[beat / 4 % 4])) }
    let next = try #require(memory.expectation(of: 1))
    #expect(next.weights[5] > 0.3 && next.weights[9] > 0.3)
  }

  @Test func nothingIsExpectedOfWhatDoesNotRepeat() {
    var memory = HarmonyMemory()
    #expect(memory.expectation(of: 4) == nil)
    for beat in 0..<12 { memory.process(weights([beat])) }
    #expect(memory.expectation(of: 4) == nil)
    for _ in 0..<12 { memory.process(weights([0])) }
    #expect(memory.expectation(of: 4) != nil)
    memory.reset()
    #expect(memory.expectation(of: 4) == nil)
  }

  @Test func itsSizeHasAnEnd() {
    var memory = HarmonyMemory()
    for beat in 0..<10_000 { memory.process(weights(Self.chords[beat / 4 % 4])) }
    #expect(memory.expectation(of: 100) != nil)
  }
}
