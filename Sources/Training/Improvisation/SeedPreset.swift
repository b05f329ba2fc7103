// The data set of 24 scales played as random notes, and the best accuracy that it allows.
public import Music

/// Major and natural minor on twelve tonics, each sample a sequence of evenly random notes out of the eight notes from
/// the tonic to its octave, for seven seconds.
///
/// The notes carry no music: relative keys share all pitch classes and differ only in which one is doubled (the tonic
/// is two of the eight notes). On chroma, where octaves are folded, no classifier can pass `ceiling`.
public enum SeedPreset {
  /// Seconds a sample: 302 frames of 1024 samples at 44.1 kHz.
  public static let seconds = 7.0
  /// Samples of the preset when no count is asked for: 80 of each scale.
  public static let count = 1920
  /// Seconds a note, when nothing else is asked for.
  public static let noteLength = 0.2...0.4

  /// The scale of class `label`, 0..<24: twelve major tonics, then twelve natural minor ones.
  public static func scale(_ label: Int) -> Scale {
    Scale(tonic: PitchClass(wrapping: label), family: label % 24 < 12 ? .major : .naturalMinor)
  }

  /// The notes of one sample.
  static func notes(
    _ scale: Scale, noteLength: ClosedRange<Double> = noteLength, using generator: inout some RandomNumberGenerator
  ) -> [Note] {
    let steps = scale.family.intervals + [12]
    let base = 60 + scale.tonic.rawValue
    var notes: [Note] = []
    var onset = 0.0
    while onset < seconds {
      let length = Double.random(in: noteLength, using: &generator)
      let velocity = Int.random(in: 70...110, using: &generator)
      let pitch = base + generator.pick(steps, or: 0)
      notes.append(
        Note(pitch: pitch, velocity: velocity, onset: onset, duration: min(length, seconds - onset), channel: 0))
      onset += length
    }
    return notes
  }

  /// The accuracy of the Bayes-optimal classifier of the 24 scales that knows every note, octaves folded.
  ///
  /// Monte Carlo: draws samples as the preset does, takes the scale with the largest likelihood (a note has
  /// probability 2/8 on the tonic, 1/8 on the other degrees), and counts an n-fold tie as 1/n.
  /// It depends on the number of notes alone: 0.79 with notes of 0.25 to 0.5 s (19 notes), 0.83 with 0.2 to 0.4 s (24).
  /// The standard error is about 0.4 / √trials. Features with registers let a classifier pass it, because this
  /// preset writes each scale into one octave; a classifier of folded chroma cannot.
  public static func ceiling(
    trials: Int, noteLength: ClosedRange<Double> = noteLength, using generator: inout some RandomNumberGenerator
  ) -> Double {
    let scales = (0..<24).map(scale)
    var right = 0.0
    for trial in 0..<trials {
      let truth = trial % 24
      var counts = [Int](repeating: 0, count: 12)
      for note in notes(scales[truth], noteLength: noteLength, using: &generator) { counts[note.pitch % 12] += 1 }
      let likelihoods = scales.map { likelihood(counts, of: $0) }
      let best = likelihoods.max() ?? 0
      let ties = likelihoods.count { $0 == best }
      if likelihoods[truth] == best { right += 1 / Double(ties) }
    }
    return right / Double(max(1, trials))
  }

  /// Log2 likelihood up to a constant: one bit more for each tonic, minus infinity for a note outside the scale.
  private static func likelihood(_ counts: [Int], of scale: Scale) -> Int {
    var inside = [Bool](repeating: false, count: 12)
    for interval in scale.family.intervals { inside[(interval + scale.tonic.rawValue) % 12] = true }
    let fits = zip(counts, inside).allSatisfy { $0 == 0 || $1 }
    return fits ? counts[scale.tonic.rawValue] : -1
  }
}
