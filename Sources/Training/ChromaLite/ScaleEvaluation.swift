// Measures a model file through the inference that ships.
import Foundation
import Music
public import ScaleDetector

/// Figures of a model on the test split (or another) of a data set.
public struct ScaleEvaluation: Codable, Sendable, Equatable {
  /// One figure: how many of how many were right.
  public struct Figure: Codable, Sendable, Equatable {
    /// "keys24": major or minor third and tonic, forced choice; "exact": tonic and family, "none" is an answer too;
    /// "none": negatives answered "no scale".
    public var measure: String
    /// Seconds heard.
    public var seconds: Int
    /// "clean", "hard" or "all".
    public var condition: String
    /// Where the samples come from, or "all".
    public var kind: String
    /// The first right family, or "all".
    public var family: String
    /// Right answers.
    public var right: Int
    /// Answers in all.
    public var count: Int
    /// right / count
    public var share: Double { count > 0 ? Double(right) / Double(count) : 0 }
  }

  /// All counts, in a fixed order.
  public var figures: [Figure] = []
  /// Expected calibration error over 15 bins of the highest probability, after 30 s.
  public var calibrationError = 0.0
  /// Median seconds until the steady readout is right and stays so, over the samples that end right.
  public var secondsToStable: Double?
  /// Share of the samples with a scale that do not end right.
  public var neverStable = 0.0
  /// Changes of the scale shown, a minute, on samples with a scale.
  public var flipsAMinute = 0.0
  /// Samples measured.
  public var samples = 0
  /// Truth by answer over 24 keys and none, after 30 s.
  public var confusion = Array(repeating: Array(repeating: 0, count: 25), count: 25)

  /// The times after which answers are read.
  static let readings: [(seconds: Int, steps: Int)] = [2, 4, 30].map {
    ($0, Int((Double($0) * ChromaCut.stepsASecond).rounded()))
  }

  /// Runs `model` over the samples of `split`.
  public init(
    model: ChromaLite, samples: ChromaSamples, split: ChromaSamples.Split = .test, limit: Int? = nil
  ) throws(TrainingError) {
    let places = samples.labels.indices.filter { samples.labels[$0].split == split }.prefix(limit ?? .max)
    guard !places.isEmpty else {
      throw TrainingError(
        "The data set has no \(split) samples; generate it with --preset test, or choose another --split.")
    }
    var tally = Tally()
    var reliability = Reliability()
    var steady = SteadyFigures(model: model)
    let stream = ChromaLiteStream(model: model)
    for place in places {
      let label = samples.labels[place]
      let truth = Truth(label)
      let history = samples.history(place, steps: label.steps)
      if label.tonic != nil { steady.hear(history, truth) }
      stream.reset()
      var fed = 0
      for reading in Self.readings {
        let steps = min(label.steps, reading.steps)
        history.withUnsafeBufferPointer { features in
          for step in fed..<max(fed, steps) {
            stream.process(UnsafeBufferPointer(rebasing: features[step * 36..<(step + 1) * 36]))
          }
        }
        fed = max(fed, steps)
        let answer = Answer(stream.posterior())
        tally.add(label, truth, answer, seconds: reading.seconds)
        if reading.seconds == 30 {
          reliability.add(probability: answer.probability, isRight: truth.isExact(answer))
          confusion[truth.key][answer.key] += 1
        }
      }
    }
    self.samples = places.count
    figures = tally.figures
    calibrationError = reliability.expectedError
    secondsToStable = steady.medianTime
    neverStable = steady.neverShare
    flipsAMinute = steady.flipsAMinute
  }

  /// The share of one figure; nil where there were no samples.
  public func share(
    _ measure: String, seconds: Int = 30, condition: String = "all", kind: String = "all", family: String = "all"
  ) -> Double? {
    figures.first {
      $0.measure == measure && $0.seconds == seconds && $0.condition == condition && $0.kind == kind
        && $0.family == family
    }?.share
  }
}

/// What is right for a sample.
struct Truth {
  let tonic: Int?
  let families: [ScaleFamily]

  init(_ label: ChromaSamples.Label) {
    tonic = label.tonic
    families = label.allowedFamilies
  }

  /// Tonic and family among the right ones, or none for a negative.
  func isExact(_ answer: Answer) -> Bool {
    guard let tonic else { return answer.scale == nil }
    guard let scale = answer.scale else { return false }
    return scale.tonic.rawValue == tonic && families.contains(scale.family)
  }

  /// The key: tonic and mode of the forced answer.
  func isKey(_ answer: Answer) -> Bool {
    families.contains { ($0.hasMinorThird ? 12 : 0) + (tonic ?? 0) == answer.forcedKey }
  }

  /// 0..<12 major, 12..<24 minor, 24 none.
  var key: Int {
    guard let tonic, let first = families.first else { return 24 }
    return (first.hasMinorThird ? 12 : 0) + tonic
  }
}

/// What a model says.
struct Answer {
  /// The most probable class, nil for no scale.
  let scale: Scale?
  /// Its probability.
  let probability: Double
  /// The most probable of the 24 keys, 0..<12 major, 12..<24 minor.
  let forcedKey: Int
  /// The same, but 24 where the answer is none.
  var key: Int { scale == nil ? 24 : forcedKey }

  init(_ posterior: Posterior) {
    let best = posterior.top(1)[0]
    scale = best.scale
    probability = Double(best.probability)
    let keys = posterior.majorMinor.probabilities.prefix(24)
    forcedKey = keys.indices.max { keys[$0] < keys[$1] } ?? 0
  }
}
