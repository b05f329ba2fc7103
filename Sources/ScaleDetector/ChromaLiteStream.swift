// ChromaLite step by step: keeps the newest steps of the history and reads a posterior from them at any time.
import Foundation
import Neural

/// The running state of one listener over a shared model: a ring of the last `window` steps.
///
/// For one thread at a time. All memory is taken in `init`; `process`, `forget`, `reset` and `posterior(last:into:)`
/// neither allocate nor lock. Sums always run from the oldest step to the newest, whatever the ring's position, so
/// the same history gives the same bits. Steps that have left the window still count in the smoothing of the steps
/// after them, as they were heard.
public final class ChromaLiteStream {
  /// Steps whose mean the first layer sees.
  static let smoothing = 5
  /// Steps of the "recent" and "beginning" statistics of the raw features.
  static let recent = 25
  static let beginning = 12
  private static let deviationFloor: Float = 1e-6
  private static let largestFeature: Float = 10

  public let model: ChromaLite
  /// Steps that the next posterior is computed from, at most `model.window`.
  public private(set) var count = 0

  private let capacity: Int
  /// Row that the next step goes to, and steps since reset up to the smoothing's length.
  private var next = 0
  private var seen = 0
  private let featureWidth: Int
  private let hiddenWidth: Int
  /// Rings [capacity, width] of raw features and of the output of layer b, rows padded to whole panels.
  private let features: AlignedFloats
  private let mixed: AlignedFloats
  /// Activations [channels, 24] of one step and statistics [width].
  private let smooth, first, second, statistics, z, scores: AlignedFloats
  private let mean, deviation: AlignedFloats

  public init(model: ChromaLite) {
    self.model = model
    capacity = max(model.window, Self.smoothing)
    featureWidth = (model.bands * 12).roundedUpToPanel
    hiddenWidth = (model.hidden * 12).roundedUpToPanel
    features = AlignedFloats(count: capacity * featureWidth)
    mixed = AlignedFloats(count: capacity * hiddenWidth)
    func activations(_ channels: Int) -> AlignedFloats { AlignedFloats(count: channels * CircularLayer.stride) }
    smooth = activations(model.bands)
    first = activations(max(model.hidden, model.mixing))
    second = activations(model.hidden)
    statistics = activations(2 * model.hidden + 3 * model.bands)
    z = activations(model.mixing)
    scores = activations(model.families.count)
    mean = AlignedFloats(count: max(hiddenWidth, featureWidth, model.mixing))
    deviation = AlignedFloats(count: hiddenWidth)
  }

  /// Forgets everything, as after a change of instrument.
  public func reset() {
    count = 0
    seen = 0
    next = 0
  }

  /// Moves the start of the history forward so that only the last `keep` steps count from now on.
  public func forget(keep: Int) { count = min(count, max(0, keep)) }

  /// Appends one step of `ChromaLite.featureCount` features, [3, 12] band-major; a number that is not finite counts
  /// as 0.
  public func process(_ history: UnsafeBufferPointer<Float>) {
    precondition(history.count == ChromaLite.featureCount, "a history step has 36 features")
    store(history, at: next)
    seen = min(seen + 1, Self.smoothing)
    smoothNewest()
    model.a.process(smooth.pointer, first.pointer, rectified: true)
    model.b.process(first.pointer, second.pointer, rectified: true)
    let row = mixed.pointer + next * hiddenWidth
    for channel in 0..<model.hidden {
      (row + channel * 12).update(from: second.pointer + channel * CircularLayer.stride, count: 12)
    }
    next = next + 1 == capacity ? 0 : next + 1
    count = min(count + 1, model.window)
  }

  /// The posterior over the history; with `last`, over its last steps only (at least one). The state stays as it is.
  ///
  /// With no step at all it is "none", or uniform for a model without that class.
  public func posterior(last steps: Int? = nil) -> Posterior {
    let classes = model.families.count * 12 + (model.hasNone ? 1 : 0)
    let probabilities = [Float](unsafeUninitializedCapacity: classes) { buffer, initialized in
      posterior(last: steps, into: buffer)
      initialized = classes
    }
    return Posterior(families: model.families, hasNone: model.hasNone, probabilities: probabilities)
  }

  /// Writes the posterior to memory of the caller: families × 12 tonics, then none where the model has it.
  public func posterior(last steps: Int? = nil, into probabilities: UnsafeMutableBufferPointer<Float>) {
    let classes = model.families.count * 12 + (model.hasNone ? 1 : 0)
    precondition(probabilities.count >= classes, "the posterior needs \(classes) floats")
    let output = UnsafeMutableBufferPointer(rebasing: probabilities[0..<classes])
    guard count > 0 else {
      output.update(repeating: model.hasNone ? 0 : 1 / Float(classes))
      if model.hasNone { output[classes - 1] = 1 }
      return
    }
    summarise(max(1, min(count, steps ?? count)))
    model.p.process(statistics.pointer, first.pointer, rectified: true)
    model.q.process(first.pointer, z.pointer, rectified: true)
    model.out.process(z.pointer, scores.pointer, rectified: false)
    for family in 0..<model.families.count {
      for tonic in 0..<12 { output[family * 12 + tonic] = scores.pointer[family * CircularLayer.stride + tonic] }
    }
    if let none = model.none {
      averagePitchClasses()
      none.process(mean.pointer, output.baseAddress.unsafelyUnwrapped + (classes - 1))
    }
    softmax(output, temperature: model.temperature)
  }

  private func store(_ history: UnsafeBufferPointer<Float>, at row: Int) {
    let target = features.pointer + row * featureWidth
    if model.bands == 3 {
      for index in 0..<ChromaLite.featureCount { target[index] = Self.sanitised(history[index]) }
      return
    }
    // A feature is log(1 + 2 v) of a band's share of energy v, so the sum of the bands is log(1 + 2 Σ v).
    for pitchClass in 0..<12 {
      var sum: Float = 0
      for band in 0..<3 {
        sum += exp(Self.sanitised(history[band * 12 + pitchClass])) - 1
      }
      target[pitchClass] = log(1 + max(0, sum))
    }
  }

  /// Features lie in 0...1.1; anything else that a caller may send must not overflow the network.
  private static func sanitised(_ feature: Float) -> Float {
    feature.isFinite ? min(max(feature, -largestFeature), largestFeature) : 0
  }

  /// Mean of the newest step and the four before it; steps before the first count as zeros.
  private func smoothNewest() {
    for band in 0..<model.bands {
      for pitchClass in 0..<12 {
        var sum: Float = 0
        for age in stride(from: seen - 1, through: 0, by: -1) {
          let row = next >= age ? next - age : next - age + capacity
          sum += features.pointer[row * featureWidth + band * 12 + pitchClass]
        }
        let value = sum / Float(Self.smoothing)
        smooth.pointer[band * CircularLayer.stride + pitchClass] = value
        smooth.pointer[band * CircularLayer.stride + pitchClass + 12] = value
      }
    }
  }

  /// Fills `statistics`: mean and deviation of the mixed steps, then the features' mean over all, recent, first steps.
  private func summarise(_ steps: Int) {
    let oldest = (next - steps + capacity) % capacity
    Moments.process(
      ring: mixed.pointer, capacity: capacity, width: hiddenWidth, first: oldest, count: steps,
      floor: Self.deviationFloor, mean: mean.pointer, deviation: deviation.pointer, instructions: model.instructions)
    double(mean, channels: model.hidden, at: 0)
    double(deviation, channels: model.hidden, at: model.hidden)
    let recent = min(steps, Self.recent)
    averageFeatures(from: oldest, steps, at: 2 * model.hidden)
    averageFeatures(from: (next - recent + capacity) % capacity, recent, at: 2 * model.hidden + model.bands)
    averageFeatures(from: oldest, min(steps, Self.beginning), at: 2 * model.hidden + 2 * model.bands)
  }

  private func averageFeatures(from row: Int, _ steps: Int, at channel: Int) {
    Moments.process(
      ring: features.pointer, capacity: capacity, width: featureWidth, first: row, count: steps,
      mean: mean.pointer, instructions: model.instructions)
    double(mean, channels: model.bands, at: channel)
  }

  /// Copies [channels, 12] into the statistics from `channel` on, each channel twice in a row.
  private func double(_ source: AlignedFloats, channels: Int, at channel: Int) {
    for index in 0..<channels {
      let target = statistics.pointer + (channel + index) * CircularLayer.stride
      target.update(from: source.pointer + index * 12, count: 12)
      (target + 12).update(from: source.pointer + index * 12, count: 12)
    }
  }

  /// Mean of z over the pitch classes into `mean`, [mixing].
  private func averagePitchClasses() {
    for channel in 0..<model.mixing {
      var sum: Float = 0
      for pitchClass in 0..<12 { sum += z.pointer[channel * CircularLayer.stride + pitchClass] }
      mean.pointer[channel] = sum / 12
    }
  }
}
