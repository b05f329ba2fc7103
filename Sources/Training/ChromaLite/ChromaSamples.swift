// Labelled chroma histories in memory, filtered for one network.
public import Music

/// A data set in memory: histories of up to `window` steps with the classes that are right for them.
///
/// Features are kept as they are stored, in half precision: 16,000 histories take 190 MB.
public struct ChromaSamples: Sendable {
  /// Steps that each history has room for.
  public static let window = 161
  /// Numbers of a step: three bands, band-major, of twelve pitch classes.
  public static let stepWidth = 36

  /// Where a sample comes from.
  public enum Kind: Int32, CaseIterable, Sendable {
    case folk, lieder, improvisation, negative, seed
  }
  /// What a sample is used for.
  public enum Split: Int32, Sendable {
    case train, validation, test
  }

  /// The label of a history.
  public struct Label: Sendable, Equatable {
    /// Valid steps, 1...161.
    public var steps: Int
    /// 0...11, nil where there is no scale.
    public var tonic: Int?
    /// The families that are right, bit by place in `ScaleFamily.allCases`; 0 where there is no scale.
    public var families: UInt32
    /// Where it comes from.
    public var kind: Kind
    /// Noise, drums, detuning and a poor line were mixed in.
    public var isHard: Bool
    /// What it is used for.
    public var split: Split

    /// Makes a label.
    public init(steps: Int, tonic: Int?, families: UInt32, kind: Kind, isHard: Bool, split: Split) {
      self.steps = steps
      self.tonic = tonic
      self.families = families
      self.kind = kind
      self.isHard = isHard
      self.split = split
    }

    /// The allowed families by name.
    public var allowedFamilies: [ScaleFamily] {
      ScaleFamily.allCases.enumerated().compactMap { families >> UInt32($0.offset) & 1 == 1 ? $0.element : nil }
    }
  }

  /// [samples, 161, 36]
  public private(set) var features: [Float16] = []
  /// One a sample.
  public private(set) var labels: [Label] = []

  /// Makes an empty set.
  public init() {}

  /// Makes room, so that appending copies nothing.
  public mutating func reserveCapacity(_ count: Int) {
    features.reserveCapacity(count * Self.window * Self.stepWidth)
    labels.reserveCapacity(count)
  }

  /// Appends a history of `label.steps` steps, [steps, 36]; what is missing to 161 steps is filled with zeros.
  public mutating func append(_ history: some Collection<Float16>, _ label: Label) {
    let room = Self.window * Self.stepWidth
    precondition(label.steps >= 1 && label.steps <= Self.window, "a history has 1 to \(Self.window) steps")
    precondition(history.count >= label.steps * Self.stepWidth && history.count <= room, "steps have 36 features")
    features.append(contentsOf: history)
    features.append(contentsOf: repeatElement(0, count: room - history.count))
    labels.append(label)
  }

  /// The first `steps` steps of a sample from `start` on, as [steps, 36].
  public func history(_ sample: Int, from start: Int = 0, steps: Int) -> [Float] {
    let first = (sample * Self.window + start) * Self.stepWidth
    return features[first..<first + steps * Self.stepWidth].map { Float($0) }
  }
}
