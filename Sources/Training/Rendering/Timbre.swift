// Which instruments play a rendered piece.

/// The part that a voice plays; it decides which instruments suit.
public enum Role: Int, CaseIterable, Sendable {
  case melody = 0
  case chords = 1
  case bass = 2
  case drone = 3

  /// The MIDI channel of this role in generated pieces.
  public var channel: Int { rawValue }
}

/// General MIDI programs by MIDI channel.
public struct Timbre: Hashable, Sendable {
  /// Program (0...127) by channel (0...15); channel 9 is percussion, its program names the kit.
  public var programs: [Int: Int]

  /// A timbre with these programs by channel.
  public init(programs: [Int: Int]) {
    self.programs = programs
  }

  /// One program on every channel.
  public static func solo(_ program: Int) -> Timbre {
    Timbre(programs: Dictionary(uniqueKeysWithValues: (0..<16).map { ($0, $0 == 9 ? 0 : program) }))
  }

  /// One keyboard or guitar that plays everything, most often a piano.
  public static func randomSolo(using generator: inout SplitMix64) -> Timbre {
    solo(generator.choose(InstrumentTable.solo))
  }

  /// An instrument of its own for each role, on the role's channel; other channels get the chords' instrument.
  public static func randomEnsemble(using generator: inout SplitMix64) -> Timbre {
    var timbre = solo(generator.choose(InstrumentTable.chords))
    for role in Role.allCases where role != .chords {
      timbre.programs[role.channel] = generator.choose(InstrumentTable.weighted(for: role))
    }
    return timbre
  }

  /// One third solo, two thirds ensemble.
  public static func random(using generator: inout SplitMix64) -> Timbre {
    generator.chance(1.0 / 3) ? randomSolo(using: &generator) : randomEnsemble(using: &generator)
  }
}
