// FileAnalysis with the classifier that runs live.
public import ScaleDetector

extension FileAnalysis {
  /// An analysis with a loaded model.
  ///
  /// - Parameter classes: all families, or the 24 major and minor keys.
  public init(model: ChromaLite, classes: ScaleClasses = .all) {
    let detector = ScaleDetector(model: model, classes: classes)
    self.init(
      chain: Chain(
        reset: { detector.reset() },
        detect: { frame in
          let readout = detector.process(frame)
          return ScaleBelief(scale: readout.scale, confidence: Double(readout.confidence))
        },
        whole: { WholeScale.whole($0, model: model, classes: classes) },
        naming: classes == .majorMinor ? .keys : .families))
  }
}
