// What is known about a sound file after it has been heard.
public import Music
import ScaleDetector

/// A scale, or none, with the belief in it.
public struct ScaleBelief: Hashable, Sendable {
  /// The pattern of the Thesaurus that the scale is, when it is a symmetrical one and likely enough; else nil.
  public var pattern: PatternScale? { confidence >= Double(SymmetricScale.leastConfidence) ? scale?.pattern : nil }

  /// The scale; nil is "no scale": silence, speech, noise, drums.
  public var scale: Scale?
  /// The probability given to it, 0…1.
  public var confidence: Double

  /// A belief of `confidence` in `scale`.
  public init(scale: Scale?, confidence: Double) {
    self.scale = scale
    self.confidence = confidence
  }
}

/// A stretch of a file in which the steady readout stayed the same.
public struct ScaleSegment: Hashable, Sendable {
  /// Seconds from the beginning of the file.
  public var start: Double
  /// Seconds from the beginning of the file; the next segment starts here.
  public var end: Double
  /// The scale; nil is "no scale".
  public var scale: Scale?
  /// The mean confidence of the readouts in the segment, 0…1.
  public var confidence: Double

  /// The pattern of the Thesaurus that the scale is, when the stretch is long enough to name one; else nil.
  public var pattern: PatternScale? {
    end - start >= SymmetricScale.shortest ? ScaleBelief(scale: scale, confidence: confidence).pattern : nil
  }
}

/// The readout at one history step (eight hops, about 0.19 s).
public struct AnalysisStep: Sendable {
  /// Seconds from the beginning of the file to the end of the step.
  public var time: Double
  /// The steady scale; nil is "no scale".
  public var scale: Scale?
  /// The confidence of the steady readout, 0…1.
  public var confidence: Float
  /// Level of the last hop, dBFS.
  public var levelDB: Float
  /// Distance of the instrument's A from 440 Hz, cents.
  public var tuningCents: Float
  /// Display chroma, C first, 0…1.
  public var chroma: SIMD16<Float>
}

/// Everything that is known about a file: the scale of the whole, the scales over time, tuning and level.
public struct AnalysisResult: Sendable {
  /// The file as the user named it.
  public var file: String
  /// Seconds that were heard.
  public var duration: Double
  /// The scale of the whole.
  public var whole: ScaleBelief
  /// The next best answers for the whole, best first.
  public var alternatives: [ScaleBelief]
  /// The median of the tuning estimate while there was sound, cents from A = 440 Hz.
  public var tuningCents: Double
  /// Root mean square over the file, dBFS.
  public var levelDB: Double
  /// The steady readout over time, without gaps, from 0 to `duration`.
  public var segments: [ScaleSegment]
  /// One entry for each history step; empty unless asked for.
  public var steps: [AnalysisStep]
  /// The vocabulary of the answers.
  public var naming: ScaleNaming
  /// Sentences about defects of the file that did not stop the analysis.
  public var warnings: [String]
}
