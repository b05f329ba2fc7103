// Samples to readouts: the listening chain with what a live stream does to it.

public import AudioIO
import Chroma
public import ScaleDetector

/// ChromaAnalyzer ▸ ScaleDetector over a stream that may have gaps and change its rate.
///
/// Where frames are missing the analyzer begins anew, so that no spectrum spans the gap; the detector keeps what it
/// knows, for an overrun is no reason to forget the key. One thread owns an ear.
public final class Ear {
  /// Readouts so far.
  public private(set) var readouts = 0
  /// Times that the analysis was planned for another rate; the first is not counted.
  public private(set) var rebuilds = 0
  /// What is wrong with the stream, as a sentence; nil when it can be analysed.
  public private(set) var problem: String?

  private let detector: ScaleDetector
  private var analyzer: ChromaAnalyzer?
  private var epoch: Int?
  private var sampleRate = 0
  /// Seconds of the stream before the analyzer's own time 0.
  private var base = 0.0
  /// Seconds of the stream so far, missing frames included.
  private var time = 0.0
  /// Samples since the last hop.
  private var filled = 0

  /// Plans nothing yet: the first block says for which rate.
  public init(model: ChromaLite, classes: ScaleClasses = .all) {
    detector = ScaleDetector(model: model, classes: classes)
  }

  /// Forgets all that was heard.
  public func reset() {
    analyzer?.reset()
    detector.reset()
    base = 0
    time = 0
    filled = 0
  }

  /// Seconds until the samples of the next hop are complete; nil while nothing can be analysed.
  public var secondsToNextHop: Double? {
    analyzer.map { Double($0.hop - filled) / $0.sampleRate }
  }

  /// Takes in the samples of a block and calls `body` at the end of every hop.
  ///
  /// - Parameter samples: `block.count` samples.
  /// - Parameter block: what `JackClient` says about them: rate, epoch, missing frames.
  public func process(
    _ samples: UnsafeBufferPointer<Float>, _ block: AudioBlock, _ body: (ScaleReadout) -> Void
  ) {
    if block.epoch != epoch || block.sampleRate != sampleRate {
      plan(block)
    } else if block.missing > 0 {
      startAfresh(missing: block.missing)
    }
    guard let analyzer else { return }
    filled = (filled + samples.count) % analyzer.hop
    analyzer.process(samples) { frame in
      var frame = frame
      frame.time += base
      time = frame.time
      readouts += 1
      body(detector.process(frame))
    }
  }

  private func plan(_ block: AudioBlock) {
    if epoch != nil { rebuilds += 1 }
    epoch = block.epoch
    sampleRate = block.sampleRate
    startAfresh(missing: block.missing)
    if let analyzer, Int(analyzer.sampleRate) == block.sampleRate { return }
    analyzer = nil
    do {
      analyzer = try ChromaAnalyzer(sampleRate: Double(block.sampleRate))
      problem = nil
    } catch {
      problem = "The input is not analysed: \(error)."
    }
  }

  /// The analyzer forgets; its time goes on behind what is missing.
  private func startAfresh(missing: Int) {
    base = time + Double(missing) / Double(max(1, sampleRate))
    filled = 0
    analyzer?.reset()
  }
}
