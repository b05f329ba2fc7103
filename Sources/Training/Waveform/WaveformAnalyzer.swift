// All measurements of a sound, hop by hop.
import Chroma
import Foundation

/// Takes in a mono signal in hops of 5 ms and keeps what the report and the pictures need. For one thread at a time.
final class WaveformAnalyzer {
  /// An onset; seconds from the start of the file.
  struct Onset: Hashable {
    var time: Double
    var strength: Float
  }

  /// Hz.
  let rate: Double
  /// Where the analysis begins, seconds from the start of the file.
  let start: Double
  /// Samples of a hop.
  let hop: Int
  /// Samples before the start that fill the windows, a whole number of hops.
  let lead: Int
  /// The onsets in ascending time.
  private(set) var onsets: [Onset] = []
  private(set) var columns = WaveformColumns()
  /// The bands of the columns.
  let display: BandFilters
  private(set) var levels = LevelMeter()
  /// The sum of the power of each bin, and the number of spectra.
  private(set) var power: [Double]
  private(set) var spectra = 0

  private let spectrum: MagnitudeSpectrum
  private let chromaAnalyzer: ChromaAnalyzer
  private var loudness: LoudnessMeter
  private var strength: OnsetStrength
  private var picker = OnsetPicker()
  private var tempo: TempoEstimator
  private var window: [Float]
  private var magnitudes: [Float]
  private var bands: [Float]
  /// Hops taken in, and how many of them were the lead.
  private var hops = 0
  private var leadHops = 0
  private var chromaSum = [Double](repeating: 0, count: 12)
  private var chromaFrames = 0
  private var tuning = 0.0

  /// - Throws: `ChromaError` for a rate outside 8 to 192 kHz.
  init(rate: Double, start: Double = 0) throws(ChromaError) {
    self.rate = rate
    self.start = start
    hop = Int((rate / 200).rounded())
    lead = hop * 100
    // The power of two nearest to 46 ms: 2048 at 44.1 and 48 kHz.
    let size = 1 << Int(log2(rate * 0.0464).rounded())
    spectrum = MagnitudeSpectrum(size: size)
    display = BandFilters(perOctave: 12, rate: rate, size: size)
    strength = OnsetStrength(rate: rate, size: size)
    loudness = LoudnessMeter(rate: rate)
    tempo = TempoEstimator(frameRate: rate / Double(hop))
    chromaAnalyzer = try ChromaAnalyzer(sampleRate: rate)
    window = Array(repeating: 0, count: size)
    magnitudes = Array(repeating: 0, count: size / 2 + 1)
    bands = Array(repeating: 0, count: display.frequencies.count)
    power = Array(repeating: 0, count: size / 2 + 1)
  }

  /// Seconds analysed.
  var seconds: Double { Double(levels.samples) / rate }
  /// Hz between two bins.
  var binWidth: Double { rate / Double(spectrum.size) }

  /// Takes in a hop before the start, which fills the windows and counts nowhere.
  func lead(in samples: UnsafeBufferPointer<Float>) {
    chromaAnalyzer.process(samples) { _ in }
    guard samples.count == hop else { return }
    leadHops += 1
    takeSpectrum(samples)
  }

  /// Takes in a hop, or at the end of the sound a part of one.
  func process(_ samples: UnsafeBufferPointer<Float>) {
    let own = hops - leadHops
    levels.process(samples)
    loudness.process(samples)
    columns.update(hop: own) { column in
      for sample in samples {
        column.low = min(column.low, sample)
        column.high = max(column.high, sample)
        column.energy += Double(sample) * Double(sample)
      }
      column.samples += samples.count
    }
    chromaAnalyzer.process(samples) { frame in
      if frame.isActive {
        for place in 0..<12 { chromaSum[place] += Double(frame.chroma[place]) }
        chromaFrames += 1
      }
      tuning = Double(frame.tuningCents)
      columns.update(hop: own) { column in
        for place in 0..<12 { column.chroma[place] += frame.chroma[place] }
        column.chromaFrames += 1
      }
    }
    guard samples.count == hop else { return }
    takeSpectrum(samples)
  }

  /// Ends the sound.
  func finish() { for peak in picker.finish() { add(peak) } }

  private func takeSpectrum(_ samples: UnsafeBufferPointer<Float>) {
    let kept = window.count - hop
    window.withUnsafeMutableBufferPointer { window in
      guard let base = window.baseAddress, let new = samples.baseAddress else { return }
      base.update(from: base + hop, count: kept)
      (base + kept).update(from: new, count: hop)
    }
    window.withUnsafeBufferPointer { spectrum.process($0, into: &magnitudes) }
    hops += 1
    let flux = strength.process(magnitudes)
    if let peak = picker.process(flux) { add(peak) }
    // The middle of the window.
    let middle = hops - leadHops - spectrum.size / 2 / hop
    guard middle >= 0 else { return }
    tempo.process(flux)
    for bin in power.indices { power[bin] += Double(magnitudes[bin] * magnitudes[bin]) }
    spectra += 1
    display.peaks(magnitudes, into: &bands)
    columns.update(hop: middle) { column in
      if column.bands.isEmpty { column.bands = bands } else {
        for place in bands.indices { column.bands[place] += bands[place] }
      }
      column.spectra += 1
    }
  }

  /// The flux is greatest when the attack has come near the middle of the window: a hop later, clicks are placed 8 ms
  /// too early and struck strings up to 10 ms too late.
  private func add(_ peak: OnsetPicker.Peak) {
    let time = Double((peak.frame + 2 - leadHops) * hop - spectrum.size / 2) / rate
    // Before the start lies the lead; the window that holds the first samples may end a little too early.
    if time < 0, leadHops > 0 { return }
    onsets.append(Onset(time: start + max(0, time), strength: peak.strength))
  }

  /// The figures; labels, warnings and files are added by the caller.
  func report(file: String, channels: Int) -> WaveformReport {
    let (peak, rms) = (levels.peakLevel, levels.rootMeanSquare)
    let found = tempo.tempo
    return WaveformReport(
      file: file, sampleRate: rate, channels: channels, start: start, seconds: seconds, peak: peak, rms: rms,
      crestFactor: peak.flatMap { peak in rms.map { peak - $0 } }, loudness: loudness.integrated,
      offset: levels.offset, clippedSamples: levels.clipped, silenceShare: levels.silenceShare,
      chroma: chromaSum.map { $0 / Double(max(1, chromaFrames)) }, tuningCents: tuning, onsets: onsets.count,
      onsetsASecond: Double(onsets.count) / seconds, tempo: found?.beatsAMinute, tempoStrength: found?.strength)
  }
}
