// Melodies with phrases, repetition and rests that rest on the tonic as music does.
import Music

/// Writes a melody over the chords of the bars.
///
/// Phrases follow a form such as A A B A: a repeated letter repeats its rhythm and contour. Odd phrases stop on another
/// degree (half close), even ones on a long tonic; strong beats prefer chord tones.
struct MelodyWriter {
  let ladder: ScaleLadder
  let beatsPerBar: Int
  /// The shortest note is this share of a beat.
  let smallestNote: Double
  /// How strongly phrases lean on the tonic, 0...1.
  let emphasis: Double
  let part: Part

  private struct Figure {
    var offset: Double
    var length: Double
    var move: Int
    var isRest: Bool
  }

  /// A melody of `bars` bars, one chord a bar (`chords` repeats when it is shorter).
  func melody(bars: Int, chords: [Chord], using generator: inout some RandomNumberGenerator) -> [ImprovisedNote] {
    let phraseBars = generator.pick([2, 2, 4, 4, 1], or: 2)
    let form = generator.pick([[0, 0, 1, 0], [0, 1, 0, 1], [0, 0, 0, 1], [0, 1, 0, 2], [0, 1, 2, 3]], or: [0])
    var themes: [Int: [Figure]] = [:]
    var notes: [ImprovisedNote] = []
    let centre = ladder.pitches.count / 2
    let base = Int.random(in: 60...100, using: &generator)
    let opensOnTonic = generator.chance(0.3 + 0.6 * emphasis)
    let start = ladder.nearest(centre, to: opensOnTonic ? [0] : Set(chords.first?.tones ?? [0]))
    var phrase = 0
    var bar = 0
    while bar < bars {
      let letter = form[phrase % form.count]
      let theme = themes[letter] ?? figures(bars: phraseBars, using: &generator)
      themes[letter] = theme
      // A repeated theme starts where it started; a new one may start on another tone of the tonic chord.
      var step = letter == 0 ? start : ladder.nearest(start + Int.random(in: -3...3, using: &generator), to: tonicTones)
      for (index, figure) in theme.enumerated() {
        let isLast = index == theme.count - 1
        let inBar = figure.offset.truncatingRemainder(dividingBy: Double(beatsPerBar))
        let chord = chords[(bar + Int(figure.offset) / beatsPerBar) % chords.count]
        if index > 0 { step = bounded(step + figure.move, around: centre) }
        let isStrong = inBar == 0 || (beatsPerBar == 4 && inBar == 2)
        if isStrong && generator.chance(0.65) { step = ladder.nearest(step, to: Set(chord.tones)) }
        var length = figure.length
        var structural = false
        if isLast {
          step = closingStep(near: step, phrase: phrase, chord: chord, using: &generator)
          structural = ladder.degree(step) == 0
          length = max(length, min(2, Double(phraseBars * beatsPerBar) - figure.offset))
        } else if figure.isRest {
          continue
        }
        let accent = (inBar == 0 ? 10 : 0) + (structural ? 6 : 0) + Int.random(in: -8...8, using: &generator)
        notes.append(
          ImprovisedNote(
            beat: Double(bar * beatsPerBar) + figure.offset, length: length, pitch: ladder.pitch(step),
            velocity: min(127, base + accent), part: part, isStructural: structural || (index == 0 && phrase == 0)))
      }
      bar += phraseBars
      phrase += 1
      if generator.chance(0.08) { bar += 1 }
    }
    return notes
  }

  private var tonicTones: Set<Int> { [0, 3, 4, 7] }

  private func closingStep(
    near step: Int, phrase: Int, chord: Chord, using generator: inout some RandomNumberGenerator
  ) -> Int {
    let isFull = phrase % 2 == 1 || generator.chance(0.3)
    if isFull && generator.chance(0.45 + 0.55 * emphasis) { return ladder.nearest(step, to: [0]) }
    return ladder.nearest(step, to: generator.chance(0.5) ? [7, 6, 8] : Set(chord.tones))
  }

  /// Rhythm and moves of one theme: each bar is divided by halves and dotted halves down to the smallest note.
  private func figures(bars: Int, using generator: inout some RandomNumberGenerator) -> [Figure] {
    let density = Double.random(in: 0.45...0.9, using: &generator)
    let rests = Double.random(in: 0...0.18, using: &generator)
    var figures: [Figure] = []
    for bar in 0..<bars {
      var offset = Double(bar * beatsPerBar)
      // A theme's second half often repeats the rhythm of its first bar.
      let rhythm = divided(Double(beatsPerBar), density: density, using: &generator)
      for length in rhythm {
        let isRest = offset > 0 && generator.chance(rests)
        figures.append(Figure(offset: offset, length: length, move: move(using: &generator), isRest: isRest))
        offset += length
      }
    }
    return figures
  }

  private func divided(
    _ length: Double, density: Double, using generator: inout some RandomNumberGenerator
  ) -> [Double] {
    let isLong = length > 2
    let isDivided = isLong || generator.chance(density * min(1, 0.35 + 0.4 * length))
    guard length / 2 >= smallestNote, isDivided else { return [length] }
    if length == 3 { return [2, 1].flatMap { divided($0, density: density, using: &generator) } }
    if length >= 1 && length * 0.25 >= smallestNote && generator.chance(0.15) { return [length * 0.75, length * 0.25] }
    return [length / 2, length / 2].flatMap { divided($0, density: density, using: &generator) }
  }

  /// Steps far outnumber leaps in every corpus of melodies; large leaps are rare.
  private func move(using generator: inout some RandomNumberGenerator) -> Int {
    generator.pick(
      weighted: [(1, 31), (-1, 36), (0, 10), (2, 8), (-2, 8), (3, 3), (-3, 2), (4, 2), (-4, 1), (7, 1)], or: 1)
  }

  private func bounded(_ step: Int, around centre: Int) -> Int {
    let top = ladder.pitches.count - 1
    if step > top { return max(0, 2 * top - step) }
    return step < 0 ? min(top, -step) : step
  }
}
