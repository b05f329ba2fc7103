// Scale runs, broken thirds and riffs: what a player does to warm up or to hold a groove.
import Music

/// Writes practising figures that begin and end on the tonic.
struct Practice {
  let ladder: ScaleLadder
  let beatsPerBar: Int
  let part: Part

  /// Runs up and down from tonic to tonic over one or two octaves, at changing speeds, some in broken thirds.
  func runs(beats: Double, using generator: inout some RandomNumberGenerator) -> [ImprovisedNote] {
    let tonics = ladder.pitches.indices.filter { ladder.degree($0) == 0 }
    guard let first = tonics.first else { return [] }
    var notes: [ImprovisedNote] = []
    var beat = 0.0
    let velocity = Int.random(in: 60...100, using: &generator)
    func add(_ step: Int, _ length: Double, structural: Bool = false) {
      notes.append(
        ImprovisedNote(
          beat: beat, length: length * 0.97, pitch: ladder.pitch(step),
          velocity: min(127, velocity + Int.random(in: -8...8, using: &generator)), part: part,
          isStructural: structural))
      beat += length
    }
    while beat < beats {
      let low = generator.pick(Array(tonics.prefix(2)), or: first)
      let high = tonics.last { $0 > low && $0 - low <= 16 } ?? low
      let length = generator.pick([0.25, 0.5, 0.5, 1], or: 0.5)
      let inThirds = generator.chance(0.25)
      let steps = Array(low..<max(high, low + 1))
      let rising = inThirds && high > low + 2 ? steps.dropLast().flatMap { [$0, $0 + 2] } : steps
      for (index, step) in rising.enumerated() { add(step, length, structural: index == 0) }
      add(high, length * generator.pick([1, 2], or: 1), structural: true)
      if generator.chance(0.85) {
        for step in stride(from: high - 1, to: low, by: -1) { add(step, length) }
        add(low, max(1, length * 2), structural: true)
      }
      if generator.chance(0.3) { beat += 1 }
    }
    return notes
  }

  /// A riff of one or two bars from the low tonic, repeated with small variations, its last bar of four open.
  func riff(bars: Int, using generator: inout some RandomNumberGenerator) -> [ImprovisedNote] {
    let tonics = ladder.pitches.indices.filter { ladder.degree($0) == 0 }
    let home = generator.pick(Array(tonics.prefix(2)), or: 0)
    let length = generator.pick([0.25, 0.5, 0.5], or: 0.5)
    let span = generator.pick([1, 2], or: 1)
    let count = Int(Double(beatsPerBar * span) / length)
    var pattern: [Int?] = [0]
    while pattern.count < count {
      let isHome = pattern.count % 4 == 0 && generator.chance(0.5)
      let step = (pattern.last.flatMap { $0 } ?? 0) + generator.pick([-2, -1, -1, 1, 1, 2, 3], or: 1)
      pattern.append(generator.chance(0.2) ? nil : isHome ? 0 : max(-1, min(7, step)))
    }
    let velocity = Int.random(in: 70...105, using: &generator)
    var notes: [ImprovisedNote] = []
    for repeatIndex in 0..<max(1, bars / span) {
      for (index, step) in pattern.enumerated() {
        guard var step else { continue }
        let isVaried = index > 0 && generator.chance(repeatIndex % 4 == 3 ? 0.35 : 0.08)
        if isVaried { step = Int.random(in: -1...7, using: &generator) }
        notes.append(
          ImprovisedNote(
            beat: Double(repeatIndex * span * beatsPerBar) + Double(index) * length, length: length * 0.92,
            pitch: ladder.pitch(home + step),
            velocity: min(127, velocity + (index == 0 ? 10 : 0) + Int.random(in: -6...6, using: &generator)),
            part: part, isStructural: step == 0))
      }
    }
    return notes
  }
}
