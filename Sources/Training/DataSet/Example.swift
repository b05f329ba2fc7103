// One labelled sample of a scale data set.
import Music

/// Twelve-tone features of up to thirty seconds of sound with their label.
public struct Example: Sendable {
  /// Where a sample comes from; the raw values are those of the data set files.
  public enum Kind: Int, CaseIterable, Sendable {
    case folk = 0, lieder, improvisation, negative, seed
  }

  /// How cleanly a sample is recorded.
  public enum Condition: Int, CaseIterable, Sendable {
    case clean = 0, hard
  }

  /// History steps, [frames, 3 bands, 12 pitch classes], row-major.
  public var chroma: [Float]
  /// Steps of the history, at least 1.
  public var frames: Int
  /// The tonic's pitch class, -1 for a negative.
  public var tonic: Int
  /// The families that are right, bit f for `ScaleFamily.allCases[f]`; 0 for a negative.
  public var families: Int
  /// Where it comes from.
  public var kind: Kind
  /// How cleanly it was recorded.
  public var condition: Condition
  /// What it is for.
  public var split: Split
  /// Place in the data set, whatever the shard.
  public var index: Int
  /// The sound itself at `Renderer.sampleRate`, where it was rendered.
  public var sound: [Float]?

  /// Class number, family-major (family × 12 + tonic) with the first right family; families × 12 for a negative.
  public var label: Int { Self.label(tonic: tonic, families: families) }

  static func label(tonic: Int, families: Int) -> Int {
    guard tonic >= 0, families != 0 else { return ScaleFamily.allCases.count * 12 }
    return families.trailingZeroBitCount * 12 + tonic
  }

  /// The bit mask of families.
  static func mask(_ families: some Sequence<ScaleFamily>) -> Int {
    families.reduce(0) { $0 | 1 << (ScaleFamily.allCases.firstIndex(of: $1) ?? 0) }
  }

  /// Features as they are stored, `steps` long: half precision, zeros behind the last frame.
  func stored(steps: Int) -> [Float16] {
    let width = DataSetShape.bands * DataSetShape.pitchClasses
    let kept = chroma.prefix(steps * width).map { Float16($0) }
    return kept + [Float16](repeating: 0, count: steps * width - kept.count)
  }
}

extension Split {
  /// The number in data set files: 0 train, 1 validation, 2 test.
  public var number: Int {
    switch self {
    case .train: 0
    case .validation: 1
    case .test: 2
    }
  }
}

/// The fixed sizes of stored samples.
public enum DataSetShape {
  /// Registers of the history.
  public static let bands = 3
  /// Pitch classes of a register.
  public static let pitchClasses = 12
  /// Seconds of an excerpt.
  public static let seconds = 30.0
  /// History steps in an excerpt: 30 s in steps of 4096 samples at 22,050 Hz.
  public static let steps = 161
  /// History steps of a sample of the seed preset: 7 s.
  public static let seedSteps = 37
}
