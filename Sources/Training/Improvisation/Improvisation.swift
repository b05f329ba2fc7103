// Labelled synthetic music: notes that improvise in a given scale.
import Foundation
import Music

/// An improvisation in one scale. The same generator state gives the same notes.
struct Improvisation {
  let tonic: PitchClass
  let family: ScaleFamily
  let texture: Texture
  /// Beats a minute, 50...200.
  let tempo: Double
  let notes: [Note]

  /// Improvises `seconds` of music.
  ///
  /// - Parameter lead: music that goes before and is cut off, so that the excerpt begins in the midst of a phrase.
  static func make(
    tonic: PitchClass, family: ScaleFamily, seconds: Double = 30, lead: Double = 0,
    using generator: inout some RandomNumberGenerator
  ) -> Improvisation {
    let texture = generator.pick(weighted: Texture.allCases.map { ($0, $0.weight) }, or: .soloMelody)
    return make(tonic: tonic, family: family, texture: texture, seconds: seconds, lead: lead, using: &generator)
  }

  /// Improvises in a given texture.
  static func make(
    tonic: PitchClass, family: ScaleFamily, texture: Texture, seconds: Double = 30, lead: Double = 0,
    using generator: inout some RandomNumberGenerator
  ) -> Improvisation {
    // Log-uniform, so that slow and fast are equally common.
    let tempo = 50 * exp2(Double.random(in: 0...2, using: &generator))
    let beatsPerBar = generator.pick([4, 4, 4, 3, 3, 2], or: 4)
    let beats = (seconds + lead) * tempo / 60
    let bars = Int((beats / Double(beatsPerBar)).rounded(.up))
    var score = Score(
      tonic: tonic, family: family, tempo: tempo, beatsPerBar: beatsPerBar, bars: max(2, bars),
      chords: Harmony(family: family).chordLoop(using: &generator))
    var notes = score.write(texture, using: &generator)
    notes.removeAll { $0.beat >= beats }
    Ornament.coverDegrees(of: &notes, tonic: tonic, family: family, using: &generator)
    if generator.chance(0.3) { Ornament.addNeighbours(to: &notes, tonic: tonic, family: family, using: &generator) }
    let swing = generator.chance(0.25) ? Double.random(in: 0.54...0.67, using: &generator) : 0.5
    let played = notes.map { timed($0, tempo: tempo, swing: swing, lead: lead, using: &generator) }
    let inside = played.filter { $0.onset >= 0 && $0.onset < seconds }
    return Improvisation(
      tonic: tonic, family: family, texture: texture, tempo: tempo,
      notes: inside.sorted { ($0.onset, $0.channel, $0.pitch) < ($1.onset, $1.channel, $1.pitch) })
  }

  private static func timed(
    _ note: ImprovisedNote, tempo: Double, swing: Double, lead: Double, using generator: inout some RandomNumberGenerator
  ) -> Note {
    let beat = swung(note.beat, swing)
    let length = max(0.05, swung(note.beat + note.length, swing) - beat)
    // Players are a few milliseconds off the grid.
    let onset = beat * 60 / tempo - lead + Double.random(in: 0...0.012, using: &generator)
    return Note(
      pitch: min(108, max(21, note.pitch)), velocity: min(127, max(1, note.velocity)), onset: onset,
      duration: length * 60 / tempo, channel: note.part.rawValue)
  }

  /// Moves the second eighth of a beat to `swing` of the beat.
  private static func swung(_ beat: Double, _ swing: Double) -> Double {
    let whole = beat.rounded(.down)
    let inside = beat - whole
    return whole + (inside < 0.5 ? inside * swing / 0.5 : swing + (inside - 0.5) * (1 - swing) / 0.5)
  }
}

/// What all parts of an improvisation share while it is written.
private struct Score {
  let tonic: PitchClass
  let family: ScaleFamily
  let tempo: Double
  let beatsPerBar: Int
  let bars: Int
  let chords: [Chord]

  /// Tonic-only harmony: a melody alone or over a drone has no chords to follow.
  private var home: [Chord] { [Chord(root: 0, shape: [0, 3, 4, 7].filter(Set(family.intervals).contains))] }

  mutating func write(_ texture: Texture, using generator: inout some RandomNumberGenerator) -> [ImprovisedNote] {
    let accompaniment = Accompaniment(
      tonic: tonic, family: family, beatsPerBar: beatsPerBar, bars: bars, chords: chords)
    let low = Int.random(in: 40...55, using: &generator)
    let bassRange = 28...47
    let line = generator.pick(Accompaniment.BassLine.allCases, or: .roots)
    func chordPart(_ patterns: [Accompaniment.Pattern]) -> [ImprovisedNote] {
      accompaniment.chordPart(generator.pick(patterns, or: .pulses), low: low, using: &generator)
    }
    func melody(over chords: [Chord]) -> [ImprovisedNote] { lead(texture, chords: chords, using: &generator) }
    switch texture {
    case .soloMelody, .guitarMelody, .soloBass:
      return melody(over: generator.chance(0.5) ? chords : home)
    case .melodyOverDrone:
      let drone = accompaniment.drone(low: generator.pick([36, 43, 48], or: 43), using: &generator)
      return melody(over: home) + drone
    case .melodyOverBass:
      return melody(over: chords) + accompaniment.bass(line, range: bassRange, using: &generator)
    case .melodyOverChords:
      return melody(over: chords) + chordPart(Accompaniment.Pattern.allCases)
    case .band:
      let drums = generator.chance(0.5) ? accompaniment.drums(using: &generator) : []
      if family == .blues && generator.chance(0.5) {
        return melody(over: home) + accompaniment.twelveBarBlues(low: low, range: bassRange, using: &generator) + drums
      }
      let bass = accompaniment.bass(line, range: bassRange, using: &generator)
      return melody(over: chords) + chordPart([.pulses, .offbeats, .strummed, .sustained, .broken]) + bass + drums
    case .chordsOnly:
      let bass = generator.chance(0.4) ? accompaniment.bass(.roots, range: bassRange, using: &generator) : []
      return chordPart([.pulses, .sustained, .broken]) + bass
    case .pad:
      return chordPart([.sustained]) + (generator.chance(0.5) ? accompaniment.drone(low: 36, using: &generator) : [])
    case .strumming:
      return chordPart([.strummed])
    case .arpeggios:
      let bass = generator.chance(0.4) ? accompaniment.bass(.roots, range: bassRange, using: &generator) : []
      return chordPart([.arpeggio]) + bass
    case .scaleRuns:
      return practice(texture, using: &generator).runs(beats: Double(bars * beatsPerBar), using: &generator)
    case .bassRiff, .guitarRiff:
      return practice(texture, using: &generator).riff(bars: bars, using: &generator)
    }
  }

  /// A ladder over one and a half to two and a half octaves of the texture's range.
  private func ladder(_ texture: Texture, using generator: inout some RandomNumberGenerator) -> ScaleLadder {
    let range = texture.leadRange
    // Two octaves hold two tonics wherever they begin.
    let smallest = texture == .soloMelody || texture == .guitarMelody ? 17 : 24
    let span = min(range.count - 1, Int.random(in: smallest...30, using: &generator))
    let low = Int.random(in: range.lowerBound...(range.upperBound - span), using: &generator)
    return ScaleLadder(tonic: tonic, family: family, range: low...(low + span))
  }

  private func practice(_ texture: Texture, using generator: inout some RandomNumberGenerator) -> Practice {
    Practice(ladder: ladder(texture, using: &generator), beatsPerBar: beatsPerBar, part: .melody)
  }

  private func lead(
    _ texture: Texture, chords: [Chord], using generator: inout some RandomNumberGenerator
  ) -> [ImprovisedNote] {
    MelodyWriter(
      ladder: ladder(texture, using: &generator), beatsPerBar: beatsPerBar,
      // Sixteenths at 200 beats a minute would be 75 ms: keep the shortest note near 110 ms or longer.
      smallestNote: tempo > 140 ? 0.5 : 0.25, emphasis: Double.random(in: 0.4...1, using: &generator), part: .melody
    ).melody(bars: bars, chords: chords, using: &generator)
  }
}
