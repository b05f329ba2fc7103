// How well a note model expected a note.
import Neural

/// Natural logarithms of the probabilities of an event's four parts, each given those before it; in nats.
public struct NoteScore: Sendable, Equatable {
  public var interval: Double
  public var pitch: Double
  public var duration: Double
  public var velocity: Double

  /// The log-likelihood of the whole event.
  public var total: Double { interval + pitch + duration + velocity }
}

extension NoteModelState {
  /// The exact log-likelihood of `event` as the next one; -infinity for an impossible part. Does not advance.
  public func score(_ event: NoteEvent) -> NoteScore {
    let interval = NoteVocabulary.intervalClass(ticks: event.interval)
    let pitch = min(max(event.pitch, 0), NoteVocabulary.pitchCount - 1)
    let duration = NoteVocabulary.durationClass(ticks: event.duration)
    let velocity = NoteVocabulary.velocityClass(event.velocity)
    return NoteScore(
      interval: logProbability(of: interval, logits: intervalLogits()),
      pitch: logProbability(of: pitch, logits: pitchLogits(interval: interval)),
      duration: logProbability(of: duration, logits: durationLogits(interval: interval, pitch: pitch)),
      velocity: logProbability(
        of: velocity, logits: velocityLogits(interval: interval, pitch: pitch, duration: duration)))
  }

  /// The log-likelihood, in nats, that nothing follows. Does not advance.
  public func scoreOfEnd() -> Double { logProbability(of: NoteVocabulary.end, logits: intervalLogits()) }
}
