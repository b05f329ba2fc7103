// Chord parts, arpeggios, bass lines, drones and drum patterns under a melody.
import Music

/// Writes accompaniments: one chord a bar from `chords`, which repeats.
struct Accompaniment {
  let tonic: PitchClass
  let family: ScaleFamily
  let beatsPerBar: Int
  let bars: Int
  let chords: [Chord]

  private func chord(_ bar: Int) -> Chord { chords[bar % chords.count] }

  /// The lowest pitch at or above `low` that lies `semitones` above some octave of the tonic.
  private func pitch(_ semitones: Int, from low: Int) -> Int {
    low + ((tonic.rawValue + semitones - low) % 12 + 12) % 12
  }

  /// A close voicing from `low` on, root at the bottom or inverted.
  private func voicing(_ chord: Chord, from low: Int, inverted: Bool) -> [Int] {
    let root = pitch(chord.root, from: low)
    let close = chord.shape.map { root + $0 }
    return inverted ? close.map { $0 > low + 9 ? $0 - 12 : $0 }.sorted() : close
  }

  /// How a chord part moves.
  enum Pattern: CaseIterable { case sustained, pulses, offbeats, strummed, arpeggio, broken }

  /// The chord part. `low` is the lowest pitch of the voicings.
  func chordPart(_ pattern: Pattern, low: Int, using generator: inout some RandomNumberGenerator) -> [ImprovisedNote] {
    let velocity = Int.random(in: 45...85, using: &generator)
    let inverted = generator.chance(0.5)
    let note = generator.pick([0.25, 0.5, 0.5, 1], or: 0.5)
    var notes: [ImprovisedNote] = []
    for bar in 0..<bars {
      let tones = voicing(chord(bar), from: low, inverted: inverted)
      let start = Double(bar * beatsPerBar)
      func strike(_ offset: Double, _ length: Double, accent: Int = 0, spread: Double = 0) {
        for (index, pitch) in tones.enumerated() {
          add(pitch, start + offset + spread * Double(index), length, velocity + accent)
        }
      }
      func add(_ pitch: Int, _ beat: Double, _ length: Double, _ velocity: Int) {
        let force = min(127, max(20, velocity + Int.random(in: -6...6, using: &generator)))
        notes.append(ImprovisedNote(beat: beat, length: length, pitch: pitch, velocity: force, part: .chords))
      }
      switch pattern {
      case .sustained:
        strike(0, Double(beatsPerBar))
      case .pulses:
        for beat in 0..<beatsPerBar { strike(Double(beat), 0.8, accent: beat == 0 ? 8 : 0) }
      case .offbeats:
        for beat in 0..<beatsPerBar { strike(Double(beat) + 0.5, 0.4) }
      case .strummed:
        // Down-strokes on the beat, some up-strokes between, the strings 10 to 30 ms apart.
        let spread = Double.random(in: 0.015...0.04, using: &generator)
        for beat in 0..<beatsPerBar {
          strike(Double(beat), 0.9, accent: beat == 0 ? 10 : 0, spread: spread)
          if generator.chance(0.5) { strike(Double(beat) + 0.5, 0.45, accent: -12, spread: spread * 0.7) }
        }
      case .arpeggio:
        let order = tones + [tones[0] + 12] + tones.dropFirst().reversed()
        for index in 0..<Int(Double(beatsPerBar) / note) {
          add(order[index % order.count], start + Double(index) * note, note * 1.6, velocity)
        }
      case .broken:
        for beat in 0..<beatsPerBar {
          if beat == 0 { add(tones[0], start, Double(beatsPerBar), velocity + 6) } else {
            for pitch in tones.dropFirst() { add(pitch, start + Double(beat), 0.8, velocity) }
          }
        }
      }
    }
    return notes
  }

  /// How a bass line moves.
  enum BassLine: CaseIterable { case roots, rootAndFifth, walking, pulsing, pedal }

  /// The bass part within `range`; roots on the first beat, the rest by the line's kind.
  func bass(
    _ line: BassLine, range: ClosedRange<Int>, using generator: inout some RandomNumberGenerator
  ) -> [ImprovisedNote] {
    let ladder = ScaleLadder(tonic: tonic, family: family, range: range)
    let velocity = Int.random(in: 65...105, using: &generator)
    let hasFifth = Set(family.intervals).contains(7)
    var notes: [ImprovisedNote] = []
    for bar in 0..<bars {
      let chord = chord(bar)
      let root = pitch(line == .pedal ? 0 : chord.root, from: range.lowerBound)
      let start = Double(bar * beatsPerBar)
      func add(_ pitch: Int, _ offset: Double, _ length: Double, structural: Bool = false) {
        let force = min(127, velocity + Int.random(in: -6...6, using: &generator))
        notes.append(
          ImprovisedNote(
            beat: start + offset, length: length, pitch: min(pitch, range.upperBound), velocity: force, part: .bass,
            isStructural: structural))
      }
      switch line {
      case .roots, .pedal:
        add(root, 0, Double(beatsPerBar) * 0.95, structural: true)
      case .rootAndFifth:
        let half = Double(beatsPerBar) / 2
        add(root, 0, half * 0.9, structural: true)
        let fifth = chord.shape.contains(7) ? 7 : (chord.shape.contains(6) ? 6 : (hasFifth && chord.root == 0 ? 7 : 0))
        add(root + fifth, half, half * 0.9)
      case .walking:
        var step = ladder.pitches.firstIndex(of: root) ?? 0
        let direction = generator.chance(0.6) ? 1 : -1
        for beat in 0..<beatsPerBar {
          add(beat == 0 ? root : ladder.pitch(step), Double(beat), 0.9, structural: beat == 0)
          step += generator.chance(0.8) ? direction : 2 * direction
        }
      case .pulsing:
        for index in 0..<(beatsPerBar * 2) { add(root, Double(index) * 0.5, 0.42, structural: index == 0) }
      }
    }
    return notes
  }

  /// The tonic, with the fifth where the scale has it, struck again every few bars.
  func drone(low: Int, using generator: inout some RandomNumberGenerator) -> [ImprovisedNote] {
    let every = generator.pick([1, 2, 4, 8], or: 2)
    let velocity = Int.random(in: 50...90, using: &generator)
    let root = pitch(0, from: low)
    let withFifth = Set(family.intervals).contains(7) && generator.chance(0.6)
    let pitches = [root] + (withFifth ? [root + 7] : []) + (generator.chance(0.4) ? [root + 12] : [])
    return stride(from: 0, to: bars, by: every).flatMap { bar in
      pitches.map {
        ImprovisedNote(
          beat: Double(bar * beatsPerBar), length: Double(min(every, bars - bar) * beatsPerBar), pitch: $0,
          velocity: velocity, part: .drone, isStructural: true)
      }
    }
  }

  /// Bass drum, snare and hi-hat.
  func drums(using generator: inout some RandomNumberGenerator) -> [ImprovisedNote] {
    let velocity = Int.random(in: 50...95, using: &generator)
    let bassDrum = 36, snare = 38, hat = 42
    return (0..<bars).flatMap { bar in
      (0..<beatsPerBar).flatMap { beat -> [ImprovisedNote] in
        let start = Double(bar * beatsPerBar + beat)
        var keys = [(hat, 0.0), (hat, 0.5), (beat % 2 == 0 ? bassDrum : snare, 0.0)]
        if generator.chance(0.2) { keys.append((bassDrum, 0.5)) }
        return keys.map {
          ImprovisedNote(beat: start + $0.1, length: 0.25, pitch: $0.0, velocity: velocity, part: .drums, isStructural: true)
        }
      }
    }
  }

  /// Twelve-bar blues: short stabs of dominant chords, sparse because their thirds lie outside the blues scale.
  func twelveBarBlues(
    low: Int, range: ClosedRange<Int>, using generator: inout some RandomNumberGenerator
  ) -> [ImprovisedNote] {
    let roots = [0, 0, 0, 0, 5, 5, 0, 0, 7, 5, 0, 7]
    let velocity = Int.random(in: 40...65, using: &generator)
    let offset = generator.pick([0, 0.5, 1.5, 1], or: 0.5)
    return (0..<bars).flatMap { bar -> [ImprovisedNote] in
      let root = roots[bar % 12]
      let start = Double(bar * beatsPerBar)
      let stab = [0, 4, 7, 10].map {
        ImprovisedNote(
          beat: start + offset, length: 0.4, pitch: pitch(root, from: low) + $0, velocity: velocity, part: .chords,
          isStructural: true)
      }
      let bass = (0..<beatsPerBar).map {
        ImprovisedNote(
          beat: start + Double($0), length: 0.9, pitch: pitch(root, from: range.lowerBound), velocity: velocity + 25,
          part: .bass, isStructural: true)
      }
      return (generator.chance(0.7) ? stab : []) + bass
    }
  }
}
