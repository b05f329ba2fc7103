// How the dialogue stands: keyboards, phrase, answer.

/// What a person wants to see of the answering side; part of every readout and of the status.
public struct DialogueSummary: Codable, Equatable, Sendable {
  /// Names of the keyboards that are heard, in the order in which they were connected.
  public var keyboards: [String] = []
  /// `answer`, `accompany` or `listen`.
  public var mode = "answer"
  /// The style that was chosen last.
  public var style = ""
  /// `listening`, `phrase` (somebody plays) or `answering`; newer servers may add some.
  public var state = "listening"
  /// Notes of the phrase that is being played or was answered last.
  public var phraseNotes = 0
  /// Milliseconds from the moment at which the phrase was over to the first note of the last answer; nil before one.
  public var latencyMilliseconds: Double?
  /// Notes that were played since the start.
  public var played = 0
  /// Notes that were answered since the start, accompaniment included.
  public var answered = 0
  /// The last pitches that were played, oldest first, at most eight.
  public var lastPlayed: [Int] = []
  /// The last pitches that were answered, oldest first, at most eight.
  public var lastAnswered: [Int] = []
  /// `follow`, `off`, "lock D dorian", "lock D thesaurus:NAME", or "D morph NAME NAME".
  public var scaleRule = "follow"
  /// The scale that answers keep to; nil when they are free or keep to a pattern.
  public var scale: ScaleName?
  /// The pattern of the Thesaurus that answers play in now, with its tonic: "D thesaurus:tritone/interpolation/1:3". It
  /// changes while a knob moves between two patterns; nil when answers play in none.
  public var pattern: String?
  /// The setting that waits for a controller to be moved; nil when none does.
  public var learning: String?
  /// One sentence when nothing can be played or heard: what is missing and what to do.
  public var message: String?

  /// Nobody plays yet.
  public init() {}
}
