// How the steady readout behaves over whole samples: when it is right for good, and how often it changes its mind.
import Chroma
import Music
import ScaleDetector

/// Runs histories through the detector that ships, step by step.
struct SteadyFigures {
  private let detector: ScaleDetector
  private var times: [Double] = []
  private var flips = 0
  private var minutes = 0.0
  private var never = 0

  init(model: ChromaLite) { detector = ScaleDetector(model: model) }

  /// Hears one sample with a scale from its beginning.
  mutating func hear(_ history: [Float], _ truth: Truth) {
    detector.reset()
    let steps = history.count / ChromaSamples.stepWidth
    var shown: Scale?
    var rightSince: Double?
    for index in 0..<steps {
      let time = Double(index + 1) / ChromaCut.stepsASecond
      let step = Array(history[index * ChromaSamples.stepWidth..<(index + 1) * ChromaSamples.stepWidth])
      let isActive = ChromaFrame.sounds(step)
      let frame = ChromaFrame(
        time: time, level: isActive ? -20 : -120, isActive: isActive, chroma: [Float](repeating: 0, count: 12),
        tuningCents: 0, step: step)
      let readout = detector.process(frame)
      let now = readout.scale
      // A change from nothing to a scale is an answer, a change from one scale is a flip.
      if let before = shown, before != now { flips += 1 }
      shown = now
      let isRight =
        readout.scale.map { $0.tonic.rawValue == truth.tonic && truth.families.contains($0.family) } ?? false
      rightSince = isRight ? rightSince ?? time : nil
    }
    minutes += Double(steps) / ChromaCut.stepsASecond / 60
    if let rightSince { times.append(rightSince) } else { never += 1 }
  }

  /// Median seconds to the answer that is right and stays, over the samples that end right; nil without any.
  var medianTime: Double? {
    let sorted = times.sorted()
    return sorted.isEmpty ? nil : sorted[sorted.count / 2]
  }

  /// Share of the samples that do not end right.
  var neverShare: Double { times.isEmpty && never == 0 ? 0 : Double(never) / Double(times.count + never) }

  /// Changes of a shown scale a minute.
  var flipsAMinute: Double { minutes > 0 ? Double(flips) / minutes : 0 }
}
