// Every drum pattern is well formed and plays only percussion, within its time.
import Testing

@testable import Training

@Suite struct DrumStyleTests {
  @Test(arguments: DrumStyle.all.indices)
  func patternsAreWellFormed(index: Int) {
    let style = DrumStyle.all[index]
    let lengths = Set(style.rows.map(\.steps.count))
    #expect(lengths.count == 1, "\(style.name)")
    #expect(style.rows.allSatisfy { (35...81).contains($0.key) && $0.steps.allSatisfy { ".xo".contains($0) } })
    var generator = SplitMix64(seed: 1, index: UInt64(index))
    let notes = style.notes(beatsPerMinute: 120, seconds: 8, using: &generator)
    #expect(notes.count > 16)
    #expect(notes.allSatisfy { $0.channel == 9 && $0.onset >= 0 && $0.onset < 8.1 && (1...127).contains($0.velocity) })
  }
}
