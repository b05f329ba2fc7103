// Improvisations: inside their scale, covering it, in range, repeatable.
import Music
import Testing

@testable import Training

/// A small generator of the tests' own, so that they hold whatever the data set uses.
struct Xorshift: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

struct ImprovisationTests {
  private func make(_ family: ScaleFamily, _ texture: Texture, seed: UInt64, lead: Double = 0) -> Improvisation {
    var generator = Xorshift(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
    let tonic = PitchClass(wrapping: Int(seed % 12))
    return Improvisation.make(tonic: tonic, family: family, texture: texture, lead: lead, using: &generator)
  }

  private func time(_ improvisation: Improvisation) -> [Double] {
    var time = [Double](repeating: 0, count: 12)
    for note in improvisation.notes where note.channel != 9 {
      time[(note.pitch - improvisation.tonic.rawValue + 144) % 12] += note.duration
    }
    return time
  }

  @Test("every degree of the scale sounds, and outside it at most a little", arguments: ScaleFamily.allCases)
  func degrees(family: ScaleFamily) {
    for texture in Texture.allCases {
      for seed: UInt64 in 1...6 {
        let improvisation = make(family, texture, seed: seed)
        let time = time(improvisation)
        let total = time.reduce(0, +)
        let members = Set(family.intervals)
        for degree in family.intervals {
          #expect(time[degree] > 0, "\(family) \(texture) \(seed): degree \(degree) is silent")
        }
        let outside = (0..<12).filter { !members.contains($0) }.reduce(0) { $0 + time[$1] } / total
        // Dominant chords of a twelve-bar blues lie outside its scale.
        let allowed = family == .blues && texture == .band ? 0.2 : 0.06
        #expect(outside <= allowed, "\(family) \(texture) \(seed): \(outside) of the time is outside the scale")
      }
    }
  }

  @Test("the tonic is the strongest degree on average", arguments: ScaleFamily.allCases)
  func tonic(family: ScaleFamily) {
    var mean = [Double](repeating: 0, count: 12)
    for seed: UInt64 in 1...80 {
      var generator = Xorshift(state: seed &* 7919)
      let time = time(Improvisation.make(tonic: PitchClass(wrapping: 3), family: family, using: &generator))
      let total = time.reduce(0, +)
      for degree in 0..<12 { mean[degree] += time[degree] / total }
    }
    #expect(mean.firstIndex(of: mean.max() ?? 0) == 0, "\(mean)")
  }

  @Test func fillsThirtySeconds() {
    for texture in Texture.allCases {
      for seed: UInt64 in 1...5 {
        let notes = make(.dorian, texture, seed: seed, lead: 11).notes
        #expect(notes.allSatisfy { $0.onset >= 0 && $0.onset < 30 && $0.duration > 0 })
        #expect(notes.allSatisfy { (21...108).contains($0.pitch) && (1...127).contains($0.velocity) })
        #expect((notes.last?.onset ?? 0) > 20, "\(texture) \(seed) ends at \(notes.last?.onset ?? 0)")
        #expect((notes.first?.onset ?? 30) < 8, "\(texture) \(seed)")
        #expect(notes.count >= 8, "\(texture) \(seed) has \(notes.count) notes")
      }
    }
  }

  @Test func sameGeneratorSameNotes() {
    #expect(make(.lydian, .band, seed: 5).notes == make(.lydian, .band, seed: 5).notes)
    #expect(make(.lydian, .band, seed: 5).notes != make(.lydian, .band, seed: 6).notes)
  }

  @Test func basesStayInTheirRange() {
    for seed: UInt64 in 1...20 {
      let pitches = make(.minorPentatonic, .soloBass, seed: seed).notes.map(\.pitch)
      #expect((pitches.min() ?? 0) >= 22 && (pitches.max() ?? 99) <= 58)
    }
    let lowest = (1...40).compactMap { make(.minorPentatonic, .bassRiff, seed: $0).notes.map(\.pitch).min() }.min()
    #expect((lowest ?? 99) <= 30, "bass riffs reach down to E1")
  }
}

struct HarmonyTests {
  @Test("chords lie within the scale and the tonic carries one", arguments: ScaleFamily.allCases)
  func chords(family: ScaleFamily) {
    let harmony = Harmony(family: family)
    let members = Set(family.intervals)
    #expect(harmony.chords[0] != nil)
    for chord in harmony.chords.values.joined() { #expect(members.isSuperset(of: chord.tones)) }
    var generator = Xorshift(state: 99)
    for _ in 0..<30 {
      let covered = Set(harmony.chordLoop(using: &generator).flatMap(\.tones))
      #expect(covered == members)
    }
  }

  @Test func characteristicChords() {
    #expect(Harmony(family: .dorian).chords[5]?.first?.shape == [0, 4, 7])
    #expect(Harmony(family: .phrygian).chords[1]?.first?.shape == [0, 4, 7])
    #expect(Harmony(family: .lydian).chords[2]?.first?.shape == [0, 4, 7])
    #expect(Harmony(family: .mixolydian).chords[10]?.first?.shape == [0, 4, 7])
    #expect(Harmony(family: .harmonicMinor).chords[7]?.first?.shape == [0, 4, 7])
  }
}

struct SeedPresetTests {
  @Test func eightNotesOfTheScale() {
    var generator = Xorshift(state: 4)
    var counts: [Int: Int] = [:]
    for _ in 0..<400 {
      let notes = SeedPreset.notes(SeedPreset.scale(14), using: &generator)
      for note in notes { counts[note.pitch - 62, default: 0] += 1 }
      #expect(notes.allSatisfy { $0.onset + $0.duration <= SeedPreset.seconds + 1e-9 })
    }
    #expect(counts.keys.sorted() == [0, 2, 3, 5, 7, 8, 10, 12])
    let total = Double(counts.values.reduce(0, +))
    for count in counts.values { #expect(abs(Double(count) / total - 0.125) < 0.02) }
  }

  /// Reference: an independent simulation in Python gave 0.790 for 19 notes and 0.830 for 24.
  @Test func ceilingFollowsTheNumberOfNotes() {
    var generator = Xorshift(state: 11)
    let long = SeedPreset.ceiling(trials: 12_000, noteLength: 0.25...0.5, using: &generator)
    #expect((0.775...0.81).contains(long), "\(long)")
    let short = SeedPreset.ceiling(trials: 12_000, using: &generator)
    #expect((0.81...0.85).contains(short), "\(short)")
  }
}
