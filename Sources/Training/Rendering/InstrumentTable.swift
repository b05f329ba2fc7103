// The General MIDI programs that suit each role, with weights. All have definite pitch.

/// Weighted program numbers, counted from 0. Left out: bells and bars with strong inharmonic partials in front,
/// effects, percussive programs (112...127), tremolo and orchestra-hit sounds.
enum InstrumentTable {
  typealias Weighted = [(item: Int, weight: Double)]

  private static func each(_ programs: ClosedRange<Int>, _ weight: Double) -> Weighted {
    programs.map { (item: $0, weight: weight / Double(programs.count)) }
  }

  private static func only(_ programs: [Int], _ weight: Double) -> Weighted {
    programs.map { (item: $0, weight: weight / Double(programs.count)) }
  }

  static let solo: Weighted =
    only([0], 5) + only([1], 2) + only([2, 3], 1) + only([4, 5], 2) + only([6, 7], 1)  // pianos, harpsichord, clavinet
    + each(16...20, 1.5) + only([21, 22, 23], 0.75)  // organs, accordions
    + only([24, 25], 2.5) + only([26, 27, 28], 1) + only([46], 0.5) + only([11, 12], 0.5)  // guitars, harp, mallets

  static let melody: Weighted =
    only([0, 1], 3) + only([4, 5], 0.75) + only([24, 25, 26, 27], 1.5) + only([29, 30], 0.75)  // keys, guitars
    + only([16, 18, 21, 22], 0.75) + each(40...42, 2) + only([48, 49], 0.75)  // organs, bowed strings
    + each(56...60, 1.75) + each(64...71, 2.5) + each(72...79, 2.5)  // brass, reeds, pipes
    + only([52, 53, 54, 85], 1.5) + only([80, 81], 0.75) + only([104, 105, 106, 107], 0.5) + only([109, 110], 0.25)
    + only([11, 12], 0.5)

  static let chords: Weighted =
    only([0, 1], 4) + only([2, 4, 5], 2) + only([6, 7], 0.5) + each(16...20, 1.5) + only([21, 23], 0.5)
    + only([24, 25], 2.5) + only([26, 27, 28], 1.25) + only([29, 30], 0.75) + only([46], 0.25)
    + only([48, 49, 50, 51], 1.75) + only([52, 53, 54], 1) + only([61, 62], 0.4) + only([88, 89, 90, 91], 0.75)

  static let bass: Weighted =
    each(32...37, 5) + only([38, 39], 1.25) + only([0, 1], 1.5) + only([42, 43], 1) + only([16, 19], 0.5)
    + only([57, 58, 70], 0.5)

  static let drone: Weighted =
    only([48, 49, 50, 51], 3) + only([52, 53, 54], 1.5) + only([16, 18, 19], 1) + each(88...95, 1) + only([60, 61], 0.4)

  static func weighted(for role: Role) -> Weighted {
    switch role {
    case .melody: melody
    case .chords: chords
    case .bass: bass
    case .drone: drone
    }
  }
}
