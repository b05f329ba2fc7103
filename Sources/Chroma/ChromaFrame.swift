// What the chroma chain knows at the end of a hop.

/// One hop's readout, and on every eighth hop a step of the history that the classifier hears.
public struct ChromaFrame: Sendable {
  /// Seconds of sound heard since `reset`, at the end of the hop.
  public var time: Double
  /// Root mean square of the hop in dB relative to full scale; -120 at most silent.
  public var level: Float
  /// True while something louder than the silence gate sounds.
  public var isActive: Bool
  /// Twelve numbers from 0 to 1, C first: how strongly each pitch class sounds now; the largest is near 1.
  public var chroma: [Float]
  /// Deviation of the instrument's tuning from A4 = 440 Hz, -50...50 cents; 0 before there is evidence.
  public var tuningCents: Float
  /// A step of the history, [`ChromaAnalyzer.bands`, 12] band by band, on every `ChromaAnalyzer.hopsPerStep`-th hop.
  /// Each value is ln(1 + s / 4), s being the summed salience in dB of that pitch class in that register.
  public var step: [Float]?

  public init(
    time: Double, level: Float, isActive: Bool, chroma: [Float], tuningCents: Float, step: [Float]?
  ) {
    self.time = time
    self.level = level
    self.isActive = isActive
    self.chroma = chroma
    self.tuningCents = tuningCents
    self.step = step
  }

  /// True when something sounds in a step. Silent steps are no evidence: neither live, nor in files, nor in training do
  /// they enter the history.
  public static func sounds(_ step: [Float]) -> Bool { step.contains { $0 > 0 } }
}
