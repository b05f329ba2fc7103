// Drawn instruments exist, differ from draw to draw, and leave the percussion channel alone.
import Testing
import Training

@Suite struct TimbreTests {
  @Test func drawsProgramsInRange() {
    var generator = SplitMix64(seed: 1)
    var melodies: Set<Int> = []
    for _ in 0..<500 {
      let timbre = Timbre.random(using: &generator)
      #expect(timbre.programs.count == 16 && timbre.programs[9] == 0)
      #expect(timbre.programs.values.allSatisfy { (0..<112).contains($0) })
      melodies.insert(timbre.programs[Role.melody.channel] ?? -1)
    }
    #expect(melodies.count > 30)
  }

  @Test func soloIsOneInstrument() {
    #expect(Set(Timbre.solo(19).programs.filter { $0.key != 9 }.values) == [19])
  }
}
