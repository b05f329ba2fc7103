// The textures an improvisation can have, from a solo bass to a full band.

/// Who plays in an improvisation, and how often data have it.
enum Texture: String, CaseIterable, Sendable {
  case soloMelody, melodyOverDrone, melodyOverBass, melodyOverChords, band, chordsOnly, pad, strumming, arpeggios
  case scaleRuns, soloBass, bassRiff, guitarRiff, guitarMelody

  /// Share of the improvisations.
  var weight: Double {
    switch self {
    case .soloMelody: 15
    case .melodyOverDrone: 10
    case .melodyOverBass: 9
    case .melodyOverChords: 12
    case .band: 13
    case .chordsOnly: 7
    case .pad: 4
    case .strumming: 6
    case .arpeggios: 6
    case .scaleRuns: 6
    case .soloBass: 3
    case .bassRiff: 3
    case .guitarRiff: 3
    case .guitarMelody: 3
    }
  }

  /// The range of the part that leads, as MIDI pitches.
  var leadRange: ClosedRange<Int> {
    switch self {
    case .soloBass, .bassRiff: 28...52
    case .guitarRiff: 40...64
    case .guitarMelody: 40...79
    case .scaleRuns: 40...86
    default: 55...86
    }
  }
}
