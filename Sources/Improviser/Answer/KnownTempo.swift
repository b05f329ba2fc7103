// A tempo that is known from outside: a MIDI clock or a transport.

/// Beats and bars on the improviser's time axis.
struct KnownTempo: Equatable {
  /// Seconds a beat.
  let beat: Double
  /// Beats a bar.
  let beatsPerBar: Int
  /// The time of any bar line.
  let barLine: Double

  /// Seconds from the axis' origin, thirty years: beyond, bars would get lost in the rounding.
  private static let horizon = 1e9

  /// A tempo, or nil unless the beat lasts 0.1...4 s, a bar has 1...32 beats and the bar line is a time near enough.
  init?(beat: Double?, beatsPerBar: Int, barLine: Double) {
    guard let beat, (0.1...4).contains(beat), (1...32).contains(beatsPerBar), abs(barLine) < Self.horizon else {
      return nil
    }
    (self.beat, self.beatsPerBar, self.barLine) = (beat, beatsPerBar, barLine)
  }

  /// The first bar line at `time` or after.
  func nextBarLine(from time: Double) -> Double {
    let bar = beat * Double(beatsPerBar)
    // A phrase that ends a hair after the line belongs to it.
    return barLine + ((time - barLine) / bar - 0.001).rounded(.up) * bar
  }
}
