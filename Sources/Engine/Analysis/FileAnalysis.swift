// Runs a sound file through the chain that runs live, as fast as it goes.
import AudioFile
import Chroma
import Foundation
import Music

/// The offline form of the listening chain: decode, chroma, steady readout, and an answer for the whole.
///
/// Use one value from one thread. Memory grows by about 1 kB a second of sound (the history), not with the samples.
public struct FileAnalysis {
  /// What is kept and how much is heard.
  public struct Options: Sendable {
    /// Seconds from the beginning that are heard; nil hears all.
    public var first: Double?
    /// Keep one `AnalysisStep` for each history step, for tables and plots.
    public var keepsSteps = false

    /// Hears all and keeps no steps.
    public init() {}
  }

  /// The parts of the chain behind the chroma, as functions, so that a test can stand in for the model.
  struct Chain {
    /// Forgets everything, before a new file.
    var reset: () -> Void
    /// The steady readout for the next frame.
    var detect: (ChromaFrame) -> ScaleBelief
    /// The best answers for the whole, best first.
    var whole: (StepHistory) -> [ScaleBelief]
    /// The vocabulary of the answers.
    var naming: ScaleNaming
  }

  /// How many rivals of the best answer are reported.
  static let alternatives = 3
  private static let blockFrames = 16_384

  /// What is kept and how much is heard.
  public var options = Options()
  /// What the last analysis cost.
  public private(set) var timings = AnalysisTimings()
  private let chain: Chain

  init(chain: Chain) { self.chain = chain }

  /// Hears one file.
  ///
  /// - Parameter path: the file; `-` is the standard input.
  /// - Throws: `SoundFileError` or `ChromaError`, whose description is the sentence for the user.
  public mutating func analyze(path: String) throws -> AnalysisResult {
    timings = AnalysisTimings()
    chain.reset()
    var clock = AnalysisTimings.now()
    let file = try SoundFile(path: path)
    let analyzer = try ChromaAnalyzer(sampleRate: file.sampleRate)
    var history = StepHistory(width: ChromaAnalyzer.bands * 12, stepRate: analyzer.stepRate)
    var segments = SegmentBuilder()
    var totals = AnalysisTotals()
    var steps: [AnalysisStep] = []
    var frames: [ChromaFrame] = []
    let hopSeconds = Double(analyzer.hop) / file.sampleRate
    let limit = options.first.map { Int(min($0 * file.sampleRate, 1e15).rounded()) } ?? Int.max
    var heard = 0
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: Self.blockFrames)
    defer { block.deallocate() }

    while heard < limit {
      let wanted = UnsafeMutableBufferPointer(rebasing: block[..<min(block.count, limit - heard)])
      let count = try file.read(into: wanted)
      clock = timings.charge(\.decode, since: clock)
      if count == 0 { break }
      heard += count
      frames.removeAll(keepingCapacity: true)
      analyzer.process(UnsafeBufferPointer(rebasing: block[..<count])) { frames.append($0) }
      clock = timings.charge(\.chroma, since: clock)
      for frame in frames {
        let belief = chain.detect(frame)
        segments.add(
          scale: belief.scale, confidence: Float(belief.confidence), from: frame.time - hopSeconds, to: frame.time)
        totals.add(frame)
        guard let step = frame.step else { continue }
        history.append(step)
        if options.keepsSteps { steps.append(AnalysisStep(frame, belief)) }
      }
      clock = timings.charge(\.detector, since: clock)
    }

    if heard >= analyzer.hop { Self.ringOut(analyzer, into: &history) }
    let answers = chain.whole(history)
    _ = timings.charge(\.whole, since: clock)
    let duration = Double(heard) / file.sampleRate
    return AnalysisResult(
      file: path, duration: duration,
      whole: answers.first ?? ScaleBelief(scale: nil, confidence: 1),
      alternatives: Array(answers.dropFirst().prefix(Self.alternatives)),
      tuningCents: totals.tuningCents, levelDB: totals.levelDB,
      segments: segments.finish(at: duration), steps: steps, naming: chain.naming,
      warnings: file.warnings.map(\.description))
  }

  /// The end of the sound is still in the windows and the median: a step of silence brings it out, as it would live.
  private static func ringOut(_ analyzer: ChromaAnalyzer, into history: inout StepHistory) {
    let silence = [Float](repeating: 0, count: analyzer.hop * ChromaAnalyzer.hopsPerStep)
    silence.withUnsafeBufferPointer { silence in
      analyzer.process(silence) { frame in
        if let step = frame.step { history.append(step) }
      }
    }
  }
}

extension AnalysisStep {
  fileprivate init(_ frame: ChromaFrame, _ belief: ScaleBelief) {
    var chroma = SIMD16<Float>.zero
    for (index, value) in frame.chroma.prefix(12).enumerated() { chroma[index] = value.isFinite ? value : 0 }
    self.init(
      time: frame.time, scale: belief.scale, confidence: Float(belief.confidence), levelDB: frame.level,
      tuningCents: frame.tuningCents, chroma: chroma)
  }
}
