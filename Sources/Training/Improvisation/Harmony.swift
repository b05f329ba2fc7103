// Chords that lie wholly inside a scale, and the progressions that confirm its tonic.
import Music

/// A chord: its root in semitones above the tonic and its shape in semitones above the root.
struct Chord: Hashable {
  var root: Int
  var shape: [Int]

  /// The chord's tones as semitones above the tonic, 0...11, root first.
  var tones: [Int] { shape.map { (root + $0) % 12 } }
}

/// The chords and progressions of one scale family.
struct Harmony {
  let family: ScaleFamily
  /// For each root that can carry one: the chords within the scale, the most usual first.
  let chords: [Int: [Chord]]

  init(family: ScaleFamily) {
    self.family = family
    let members = Set(family.intervals)
    var chords: [Int: [Chord]] = [:]
    for root in family.intervals {
      chords[root] = Self.shapes.compactMap { shape in
        let fits = shape.allSatisfy { members.contains((root + $0) % 12) }
        return fits ? Chord(root: root, shape: shape) : nil
      }
    }
    self.chords = chords.filter { !$0.value.isEmpty }
  }

  /// Triads, then sevenths, then what scales without thirds need.
  private static let shapes: [[Int]] = [
    [0, 4, 7], [0, 3, 7], [0, 3, 6], [0, 4, 8],                                              // triads
    [0, 4, 7, 11], [0, 4, 7, 10], [0, 3, 7, 10], [0, 3, 6, 10], [0, 3, 6, 9], [0, 4, 8, 10], // sevenths
    [0, 4, 7, 9], [0, 3, 7, 9], [0, 4, 6, 10],                                               // sixths, 7♭5
    [0, 5, 7], [0, 2, 7], [0, 7],                                                            // suspended, open fifth
  ]

  /// A chord on `root`: mostly a triad, else a richer chord; nil where the scale has none.
  func chord(on root: Int, using generator: inout some RandomNumberGenerator) -> Chord? {
    guard let choices = chords[root % 12], let plain = choices.first else { return nil }
    return generator.chance(0.6) ? plain : generator.pick(choices, or: plain)
  }

  /// The roots of one progression: a usual one of the family, or a random walk that ends in a cadence.
  func progression(using generator: inout some RandomNumberGenerator) -> [Int] {
    let known = Self.progressions(of: family)
    if generator.chance(0.7), let roots = known.randomElement(using: &generator) { return roots }
    let others = chords.keys.filter { $0 != 0 }.sorted()
    var roots = [0]
    for _ in 0..<Int.random(in: 1...4, using: &generator) { roots.append(generator.pick(others, or: 0)) }
    let leading = Self.cadences(of: family).filter { chords[$0] != nil }
    roots.append(generator.pick(leading, or: generator.pick(others, or: 0)))
    return roots + [0]
  }

  /// The chords of `progression`, extended until every degree of the scale sounds in one of them.
  func chordLoop(using generator: inout some RandomNumberGenerator) -> [Chord] {
    var loop = progression(using: &generator).compactMap { chord(on: $0, using: &generator) }
    var missing = Set(family.intervals).subtracting(loop.flatMap(\.tones))
    let all = chords.keys.sorted().flatMap { chords[$0] ?? [] }
    while !missing.isEmpty {
      let best = all.map { missing.intersection($0.tones).count }.max() ?? 0
      guard best > 0 else { break }
      let chord = generator.pick(all.filter { missing.intersection($0.tones).count == best }, or: all[0])
      missing.subtract(chord.tones)
      // Before the last chord, so that the loop still ends as its cadence says.
      loop.insert(chord, at: max(min(1, loop.count), loop.count - 2))
    }
    return loop.isEmpty ? [Chord(root: 0, shape: [0])] : loop
  }

  /// Roots that lead to the tonic, in semitones above it.
  private static func cadences(of family: ScaleFamily) -> [Int] {
    switch family {
    case .major, .harmonicMinor, .melodicMinor, .majorPentatonic: [7, 7, 7, 5, 2]
    case .naturalMinor, .minorPentatonic: [10, 7, 5, 8]
    case .dorian: [5, 10, 7]
    case .phrygian: [1, 10]
    case .lydian: [2, 7]
    case .mixolydian: [10, 10, 5, 7]
    case .locrian: [1, 6, 10]
    case .blues: [7, 5, 10]
    case .lydianFlat7: [2, 7, 10]
    case .wholeTone: [2, 10, 8]
    case .octatonicHalfWhole: [3, 6, 9]
    case .octatonicWholeHalf: [11, 3, 6]
    case .altered: [1, 6, 8]
    }
  }

  /// Usual progressions as roots above the tonic. Roots whose scale holds no chord are left out by `chordLoop`.
  private static func progressions(of family: ScaleFamily) -> [[Int]] {
    switch family {
    case .major:
      [[0, 5, 7, 0], [0, 9, 5, 7, 0], [2, 7, 0, 0], [0, 5, 0, 7, 0], [0, 9, 2, 7, 0], [0, 4, 5, 7, 0], [0, 7, 9, 5]]
    case .naturalMinor:
      [[0, 5, 7, 0], [0, 8, 10, 0], [0, 10, 8, 10, 0], [0, 8, 3, 10], [0, 5, 0, 10, 0], [0, 3, 10, 5, 0], [2, 7, 0, 0]]
    case .harmonicMinor:
      [[0, 5, 7, 0], [2, 7, 0, 0], [0, 8, 7, 0], [0, 7, 0, 5, 7, 0], [0, 8, 2, 7, 0], [0, 11, 7, 0]]
    case .melodicMinor:
      [[0, 5, 7, 0], [2, 7, 0, 0], [0, 2, 7, 0], [0, 11, 0, 5, 7, 0], [0, 5, 0, 7, 0]]
    case .dorian:
      [[0, 5], [0, 5, 0, 5, 0], [0, 2, 0], [0, 10, 5, 0], [0, 3, 5, 0], [0, 7, 5, 0], [0, 10, 0, 5]]
    case .phrygian:
      [[0, 1], [0, 1, 0, 1, 0], [0, 1, 3, 1, 0], [5, 3, 1, 0], [0, 10, 1, 0], [0, 8, 1, 0]]
    case .lydian:
      [[0, 2], [0, 2, 0, 2, 0], [0, 2, 7, 0], [0, 11, 2, 0], [0, 4, 2, 0], [0, 9, 2, 0]]
    case .mixolydian:
      [[0, 10], [0, 10, 5, 0], [0, 5, 10, 0], [0, 10, 0, 7, 0], [0, 7, 10, 5, 0], [0, 5, 0, 10, 0]]
    case .locrian:
      [[0, 1], [0, 6, 1, 0], [0, 3, 1, 0], [0, 10, 0, 1, 0], [0, 8, 6, 0]]
    case .majorPentatonic:
      [[0, 9, 0], [0, 7, 0], [0, 2, 7, 0], [0, 9, 7, 0], [0, 0, 7, 0]]
    case .minorPentatonic:
      [[0, 10, 0], [0, 3, 0], [0, 3, 5, 0], [0, 7, 10, 0], [0, 0, 10, 0]]
    case .blues:
      [[0, 3, 0], [0, 10, 0], [0, 5, 3, 0], [0, 0, 10, 0]]
    case .wholeTone:
      [[0, 2, 0], [0, 10, 0], [0, 2, 4, 0], [0, 8, 10, 0]]
    case .octatonicHalfWhole:
      [[0, 3, 0], [0, 6, 0], [0, 9, 6, 3, 0], [0, 1, 0]]
    case .octatonicWholeHalf:
      [[0, 3, 0], [0, 11, 0], [0, 6, 0], [0, 5, 8, 11, 0]]
    case .lydianFlat7:
      [[0, 2, 0], [0, 10, 0], [0, 2, 10, 0], [0, 7, 0]]
    case .altered:
      [[0, 1, 0], [0, 3, 0], [0, 6, 8, 0], [0, 8, 0], [0, 10, 0]]
    }
  }
}
