// What the daemon hears at one moment, as the protocol writes it.

/// One readout: the object that `antiphon watch --json` prints, one a line.
public struct Readout: Equatable, Sendable {
  /// Seconds since the daemon's start, by the monotonic clock.
  public var time: Double
  /// The steady scale; nil when none is heard.
  public var scale: ScaleName?
  /// The pattern of the Thesaurus that is played, with its tonic, "C tritone/interpolation/1:1"; nil when none is.
  public var pattern: String?
  /// 0...1, how likely the shown answer is (the scale, or that there is none).
  public var confidence: Double
  /// The likeliest answers, best first; usually three.
  public var candidates: [Candidate]
  /// Twelve strengths, C first, 0...1, the largest 1; zeros in silence.
  public var chroma: [Double]
  /// How far the instrument is above A = 440 Hz, in cents, -50...50.
  public var tuningCents: Double
  /// Level of the input in dB below full scale (RMS), at least -120.
  public var levelDB: Double
  /// Whether something sounds (the silence gate is open).
  public var active: Bool
  /// Where the sound comes from.
  public var input: InputSummary
  /// How the dialogue stands; nil from a daemon that only listens.
  public var dialogue: DialogueSummary?
  /// Whether what is played is recorded; nil when it is not.
  public var recording: Bool?

  /// Makes a readout; numbers are made finite, and rounded as far as a line is worth.
  public init(
    time: Double, scale: ScaleName?, confidence: Double, candidates: [Candidate], chroma: [Double],
    tuningCents: Double, levelDB: Double, active: Bool, input: InputSummary,
    dialogue: DialogueSummary? = nil, recording: Bool? = nil, pattern: String? = nil
  ) {
    self.time = time.rounded(decimals: 3)
    self.scale = scale
    self.confidence = confidence.rounded(decimals: 4).clamped(to: 0...1)
    self.candidates = candidates
    self.chroma = (0..<12).map { $0 < chroma.count ? chroma[$0].rounded(decimals: 3).clamped(to: 0...1) : 0 }
    self.tuningCents = tuningCents.rounded(decimals: 1).clamped(to: -50...50)
    self.levelDB = levelDB.isNaN ? -120 : max(-120, min(levelDB, 120)).rounded(decimals: 1)
    self.active = active
    self.input = input
    self.dialogue = dialogue
    self.recording = recording
    self.pattern = pattern
  }
}

extension Readout {
  /// Whether enough was heard for an answer; without it the confidence is 0.
  var hasEvidence: Bool { scale != nil || confidence > 0 }

  /// What stands behind the scale when a pattern is played, "; Thesaurus: C tritone/interpolation/1:1"; else nothing.
  var patternText: String { pattern.map { "; Thesaurus: \($0)" } ?? "" }
}

/// One possible answer and how likely it is.
public struct Candidate: Equatable, Sendable {
  /// The scale or "no scale".
  public var scale: ScaleName
  /// 0...1.
  public var confidence: Double

  /// Makes a candidate; the confidence is made finite and rounded.
  public init(scale: ScaleName, confidence: Double) {
    self.scale = scale
    self.confidence = confidence.rounded(decimals: 4).clamped(to: 0...1)
  }
}

extension Candidate: Codable {
  private enum Key: String, CodingKey {
    case confidence
  }

  public init(from decoder: any Decoder) throws {
    scale = try ScaleName(from: decoder)
    confidence = try decoder.container(keyedBy: Key.self).decode(Double.self, forKey: .confidence)
  }

  public func encode(to encoder: any Encoder) throws {
    try scale.encode(to: encoder)
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(confidence, forKey: .confidence)
  }
}

extension Readout: Codable {
  private enum Key: String, CodingKey {
    case time, scale, pattern, confidence, candidates, chroma, tuningCents, levelDB, active, input, dialogue
    case recording
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    // Through the checking initialiser: what comes over a socket is finite, in range and twelve wide as well.
    self.init(
      time: try fields.decode(Double.self, forKey: .time),
      scale: try fields.decodeIfPresent(ScaleName.self, forKey: .scale),
      confidence: try fields.decode(Double.self, forKey: .confidence),
      candidates: try fields.decode([Candidate].self, forKey: .candidates),
      chroma: try fields.decode([Double].self, forKey: .chroma),
      tuningCents: try fields.decode(Double.self, forKey: .tuningCents),
      levelDB: try fields.decode(Double.self, forKey: .levelDB),
      active: try fields.decode(Bool.self, forKey: .active),
      input: try fields.decode(InputSummary.self, forKey: .input),
      dialogue: try fields.decodeIfPresent(DialogueSummary.self, forKey: .dialogue),
      recording: try fields.decodeIfPresent(Bool.self, forKey: .recording),
      pattern: try fields.decodeIfPresent(String.self, forKey: .pattern))
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(time, forKey: .time)
    try fields.encode(scale, forKey: .scale)
    try fields.encodeIfPresent(pattern, forKey: .pattern)
    try fields.encode(confidence, forKey: .confidence)
    try fields.encode(candidates, forKey: .candidates)
    try fields.encode(chroma, forKey: .chroma)
    try fields.encode(tuningCents, forKey: .tuningCents)
    try fields.encode(levelDB, forKey: .levelDB)
    try fields.encode(active, forKey: .active)
    try fields.encode(input, forKey: .input)
    try fields.encodeIfPresent(dialogue, forKey: .dialogue)
    try fields.encodeIfPresent(recording, forKey: .recording)
  }
}

extension Double {
  /// Rounds to some decimals; what is not a number or not finite becomes 0, for JSON has no such values.
  func rounded(decimals: Int) -> Double {
    guard isFinite else { return 0 }
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    let scaled = (self * factor).rounded() / factor
    return scaled.isFinite ? scaled : self
  }

  func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
