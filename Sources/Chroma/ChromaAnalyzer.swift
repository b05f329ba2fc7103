// Samples in, chroma out: the whole listening chain up to the classifier.

internal import CKernels

/// Streaming chroma of a mono signal at any rate from 8 to 192 kHz, in blocks of any size.
///
/// The signal is decimated to about 11 kHz; every hop of 23.2 ms gives a log-frequency spectrum, a level, a gate and a
/// display chroma. Every second hop enters a median over 9 × 46 ms, which short noise does not pass; its tones
/// correct the tuning and fill the history, three registers of twelve pitch classes, 5.4 steps a second.
/// Not thread-safe: one thread owns an analyzer.
public final class ChromaAnalyzer {
  /// Registers of a history step: below G3, G3 to C♯5, D5 and above.
  public static let bands = 3
  /// Every so many hops a frame carries a step of the history.
  public static let hopsPerStep = 8
  /// Lower bounds (MIDI pitch) of the second and third register.
  private static let bandEdges = (55, 74)
  private static let hopsPerSteadyFrame = 2
  /// A stroke on a drum fills four or five of the windows that the median sees, a note all nine.
  private static let medianFrames = 9
  /// Width of the window around a semitone's centre that a peak must hit, in semitones.
  private static let semitoneWidth = 0.18
  /// Nothing below this level in dB is heard: the silence gate.
  private static let gate: Float = -75
  /// Seconds of zeros after which no window, filter or median holds anything else, so that every result stays as it is.
  private static let settling = 4.0
  /// Seconds in which a bar of the display chroma falls to 1/e.
  private static let displayDecay = 0.2

  public let sampleRate: Double
  /// Samples between two frames, at `sampleRate`.
  public let hop: Int
  /// Steps of the history a second.
  public var stepRate: Double { sampleRate / Double(hop * Self.hopsPerStep) }
  /// Samples that were not finite and were heard as silence.
  public private(set) var replacedSamples = 0

  private var decimator: Decimator
  private var longDecimator: Decimator
  private var window: SlidingWindow
  private var longWindow: SlidingWindow
  private let spectrum: LogFrequencySpectrum
  private var salience = Salience()
  private var tuning = TuningEstimator()

  private let clean: UnsafeMutablePointer<Float>
  private let decimated: UnsafeMutablePointer<Float>
  private let longDecimated: UnsafeMutablePointer<Float>
  private let levels: UnsafeMutablePointer<Float>
  private let median: UnsafeMutablePointer<Float>
  /// The spectra of every second hop; `newest` is the last written.
  private let past: [UnsafeMutablePointer<Float>]
  private var newest = 0

  private var filled = 0
  private var energy = 0.0
  /// Hops of zeros without an interruption, and how many of them settle everything.
  private var silentHops = 0
  private let settlingHops: Int
  private var hops = 0
  private var display = [Double](repeating: 0, count: 12)
  private var step = [Double](repeating: 0, count: ChromaAnalyzer.bands * 12)

  /// - Throws: `ChromaError.unsupportedSampleRate`.
  public init(sampleRate: Double) throws(ChromaError) {
    guard sampleRate >= 8000, sampleRate <= 192_000 else { throw .unsupportedSampleRate(sampleRate) }
    self.sampleRate = sampleRate
    let factor = max(1, Int(sampleRate / 10_900))
    let rate = sampleRate / Double(factor)
    let longFactor = Int((rate * 8 / 11025).rounded())
    let innerHop = Int((rate * 256 / 11025).rounded())
    hop = innerHop * factor
    settlingHops = Int(Self.settling * sampleRate) / hop
    spectrum = LogFrequencySpectrum(rate: rate, longRate: rate / Double(longFactor))
    decimator = Decimator(
      factor: factor, rate: sampleRate, passband: LogFrequencySpectrum.passband, block: hop)
    longDecimator = Decimator(
      factor: longFactor, rate: rate, passband: LogFrequencySpectrum.longPassband, block: innerHop)
    window = SlidingWindow(length: spectrum.shortWindow)
    longWindow = SlidingWindow(length: spectrum.longWindow)
    clean = .allocate(capacity: hop)
    decimated = .allocate(capacity: innerHop + 1)
    longDecimated = .allocate(capacity: innerHop + 1)
    levels = .allocate(capacity: LogFrequencySpectrum.count)
    median = .allocate(capacity: LogFrequencySpectrum.count)
    past = (0..<Self.medianFrames).map { _ in .allocate(capacity: LogFrequencySpectrum.count) }
    clean.initialize(repeating: 0, count: hop)
    decimated.initialize(repeating: 0, count: innerHop + 1)
    longDecimated.initialize(repeating: 0, count: innerHop + 1)
    levels.initialize(repeating: -120, count: LogFrequencySpectrum.count)
    median.initialize(repeating: -120, count: LogFrequencySpectrum.count)
    for frame in past { frame.initialize(repeating: -120, count: LogFrequencySpectrum.count) }
  }

  deinit {
    for pointer in past + [clean, decimated, longDecimated, levels, median] { pointer.deallocate() }
  }

  /// Forgets all sound, as if the analyzer were new.
  public func reset() {
    decimator.reset()
    longDecimator.reset()
    window.reset()
    longWindow.reset()
    tuning.reset()
    for frame in past { frame.update(repeating: -120, count: LogFrequencySpectrum.count) }
    newest = 0
    filled = 0
    energy = 0
    silentHops = 0
    hops = 0
    replacedSamples = 0
    for i in display.indices { display[i] = 0 }
    for i in step.indices { step[i] = 0 }
  }

  /// Takes in a block and calls `body` at the end of every hop.
  public func process(_ samples: UnsafeBufferPointer<Float>, _ body: (ChromaFrame) -> Void) {
    guard var input = samples.baseAddress else { return }
    var left = samples.count
    while left > 0 {
      let count = min(left, hop - filled)
      take(input, count)
      input += count
      left -= count
      filled += count
      if filled == hop {
        filled = 0
        body(finishHop())
      }
    }
  }

  private func take(_ input: UnsafePointer<Float>, _ count: Int) {
    var blockEnergy = 0.0
    replacedSamples += Int(spectrum_sanitize(input, clean, Int32(count), &blockEnergy))
    energy += blockEnergy
    let outputs = decimator.process(clean, count: count, into: decimated)
    window.append(decimated, count: outputs)
    let longOutputs = longDecimator.process(decimated, count: outputs, into: longDecimated)
    longWindow.append(longDecimated, count: longOutputs)
  }

  private func finishHop() -> ChromaFrame {
    hops += 1
    let meanSquare = energy / Double(hop)
    silentHops = energy == 0 ? silentHops + 1 : 0
    energy = 0
    // An input to which nothing is wired costs next to nothing.
    let isSettled = silentHops > settlingHops
    if !isSettled {
      window.withNewest { short in
        longWindow.withNewest { long in spectrum.process(short, long, into: levels) }
      }
    }
    var loudest: Float = -120
    for j in 0..<LogFrequencySpectrum.count { loudest = max(loudest, levels[j]) }
    let isActive = loudest > Self.gate
    updateDisplay(loudest: loudest, isActive: isActive)
    if !isSettled && hops % Self.hopsPerSteadyFrame == 0 { addSteadyFrame(loudest: loudest, isActive: isActive) }
    return ChromaFrame(
      time: Double(hops * hop) / sampleRate,
      level: Float(10 * Double.log10(meanSquare + 1e-12)),
      isActive: isActive,
      chroma: displayChroma(),
      tuningCents: Float(100 * tuning.deviation),
      step: hops % Self.hopsPerStep == 0 ? finishStep() : nil)
  }

  /// The display follows a note at once and lets it ring out.
  private func updateDisplay(loudest: Float, isActive: Bool) {
    let decay = Double.exp(-Double(hop) / sampleRate / Self.displayDecay)
    for p in 0..<12 { display[p] *= decay }
    guard isActive else { return }
    salience.process(levels, loudest: loudest)
    var now = SIMD16<Double>.zero
    fold { pitchClass, _, weight in now[pitchClass] += weight }
    for p in 0..<12 { display[p] = max(display[p], now[p]) }
  }

  private func displayChroma() -> [Float] {
    // A single clear tone reaches 24 dB; what is weaker than a quarter of one is not blown up to full height.
    let largest = display.reduce(6, max)
    return display.map { Float($0 / largest) }
  }

  private func addSteadyFrame(loudest: Float, isActive: Bool) {
    newest = (newest + 1) % past.count
    past[newest].update(from: levels, count: LogFrequencySpectrum.count)
    let frames: [UnsafePointer<Float>?] = past.map { UnsafePointer($0) }
    spectrum_median9(frames, median, Int32(LogFrequencySpectrum.count))
    guard isActive else { return }
    salience.process(median, loudest: loudest)
    tuning.process(salience.peaks, seconds: Double(hop * Self.hopsPerSteadyFrame) / sampleRate)
    fold { pitchClass, pitch, weight in
      let band = pitch < Self.bandEdges.0 ? 0 : pitch < Self.bandEdges.1 ? 1 : 2
      step[band * 12 + pitchClass] += weight
    }
  }

  /// Gives each peak, after correction of the tuning, to its semitone, the less the further it lies from its centre.
  private func fold(_ add: (_ pitchClass: Int, _ pitch: Int, _ weight: Double) -> Void) {
    for peak in salience.peaks {
      let tuned = peak.pitch - tuning.deviation
      let nearest = tuned.rounded()
      let distance = (tuned - nearest) / Self.semitoneWidth
      add(Int(nearest) % 12, Int(nearest), peak.weight * Double.exp(-0.5 * distance * distance))
    }
  }

  private func finishStep() -> [Float] {
    let frames = Double(Self.hopsPerStep / Self.hopsPerSteadyFrame)
    let values = step.map { Float(Double.log1p($0 / frames / 4)) }
    for i in step.indices { step[i] = 0 }
    return values
  }
}
