// Chroma frames in, a steady scale out.

public import Chroma

/// The listener's judgement: feeds the history to ChromaLite and chooses what to show.
///
/// Steps in which nothing sounds are not part of the history. After two seconds of silence there is no scale; after ten
/// everything is forgotten. One thread owns a detector.
public final class ScaleDetector {
  private static let answerTime = 2.0
  private static let memoryTime = 10.0
  private static let candidateCount = 4

  /// The model and the answers that it may give.
  public let model: ChromaLite
  public let classes: ScaleClasses

  private let stream: ChromaLiteStream
  private var choice = SteadyChoice()
  private var modulation = Modulation()
  private var symmetric = SymmetricScale()
  private var posterior: Posterior?
  /// The best answers of `posterior`, ranked once a step and not at every hop.
  private var candidates: [Candidate] = []
  private var lastSound = -Double.infinity

  public init(model: ChromaLite, classes: ScaleClasses = .all) {
    self.model = model
    self.classes = classes
    stream = ChromaLiteStream(model: model)
  }

  /// Forgets all that was heard.
  public func reset() {
    stream.reset()
    choice.reset()
    modulation.reset()
    symmetric = SymmetricScale()
    posterior = nil
    candidates = []
    lastSound = -.infinity
  }

  /// Takes in a frame and says what is known at its end.
  public func process(_ frame: ChromaFrame) -> ScaleReadout {
    if frame.isActive { lastSound = frame.time }
    if let step = frame.step, ChromaFrame.sounds(step) { take(step) }
    let silence = frame.time - lastSound
    if silence > Self.memoryTime, posterior != nil { reset() }
    guard let posterior, let shown = choice.shown, silence <= Self.answerTime else {
      return ScaleReadout(frame: frame, scale: nil, confidence: silence > Self.answerTime ? 1 : 0, candidates: [])
    }
    return ScaleReadout(
      frame: frame, scale: posterior.scale(at: shown), confidence: posterior.probabilities[shown],
      candidates: candidates, pattern: symmetric.pattern)
  }

  private func take(_ step: [Float]) {
    step.withUnsafeBufferPointer { stream.process($0) }
    var whole = answer(stream.posterior())
    if stream.count > Modulation.recentSteps {
      let recent = answer(stream.posterior(last: Modulation.recentSteps))
      if modulation.process(whole: whole.probabilities, recent: recent.probabilities) {
        stream.forget(keep: Modulation.recentSteps)
        whole = recent
      }
    }
    posterior = whole
    candidates = whole.top(Self.candidateCount)
    choice.process(whole)
    if let shown = choice.shown {
      symmetric.process(whole.scale(at: shown), confidence: whole.probabilities[shown])
    }
  }

  private func answer(_ posterior: Posterior) -> Posterior {
    switch classes {
    case .all: posterior
    case .majorMinor: posterior.majorMinor
    }
  }
}
