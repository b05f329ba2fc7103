// An analysis as one line of JSON.
import Music

extension AnalysisResult {
  /// One object on one line, without the line's end. The keys always come in this order:
  /// file, tonic (0…11 or null), family ("none" when tonic is null), name, confidence, alternatives, tuningCents,
  /// segments (start and end in seconds). An answer or a segment that is a pattern of the Thesaurus ends with pattern.
  public var json: String {
    let fields = [
      "\"file\":" + JSONText.string(file),
      answer(whole),
      "\"alternatives\":[" + alternatives.map { "{" + answer($0) + "}" }.joined(separator: ",") + "]",
      "\"tuningCents\":" + JSONText.number(tuningCents, places: 1),
      "\"segments\":[" + segments.map(segment).joined(separator: ",") + "]",
    ]
    return "{" + fields.joined(separator: ",") + "}"
  }

  private func answer(_ belief: ScaleBelief) -> String {
    "\"tonic\":\(tonic(belief.scale)),\"family\":" + JSONText.string(naming.family(belief.scale))
      + ",\"name\":" + JSONText.string(naming.name(belief.scale))
      + ",\"confidence\":" + JSONText.number(belief.confidence) + pattern(belief.pattern)
  }

  private func segment(_ segment: ScaleSegment) -> String {
    "{\"start\":\(JSONText.number(segment.start)),\"end\":\(JSONText.number(segment.end)),"
      + "\"tonic\":\(tonic(segment.scale)),\"family\":\(JSONText.string(naming.family(segment.scale))),"
      + "\"confidence\":\(JSONText.number(segment.confidence))\(pattern(segment.pattern))}"
  }

  private func pattern(_ pattern: PatternScale?) -> String {
    pattern.map { ",\"pattern\":" + JSONText.string($0.text) } ?? ""
  }

  private func tonic(_ scale: Scale?) -> String { scale.map { String($0.tonic.rawValue) } ?? "null" }
}
