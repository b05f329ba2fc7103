// What a person sees of the hands' work.

import Control
import Improviser
import Music

/// Collects a `DialogueSummary`. The hands' thread owns it.
struct DialogueReport {
  /// Seconds after the last note after which a phrase counts as over, though nobody answers it.
  private static let rest = 2.0
  private static let shownNotes = 8

  /// Times that messages were lost.
  var overruns = 0
  /// Times that the output was found wired to the input.
  var feedbackRefusals = 0
  /// The scale that is heard.
  var detected: Scale?
  /// The setting that waits for a controller.
  var learning: String?

  private var summary = DialogueSummary()
  private var rule = ScaleRule.follow
  private var ruleText = ScaleRule.follow.text
  /// The pattern that answers play in.
  private var pattern: PatternScale?
  /// Its name; finding it takes longer than comparing patterns.
  private var patternName: String?
  private var isAnswering = false
  /// When the phrase counts as over; nil while there is none.
  private(set) var nextDeadline: Double?
  /// When the phrase was over that is being answered, until the first note of the answer.
  private var phraseEnd: Double?

  /// What a person sees now.
  var current: DialogueSummary {
    var result = summary
    result.state = isAnswering ? "answering" : nextDeadline != nil ? "phrase" : "listening"
    result.learning = learning
    switch rule {
    case .follow: (result.scaleRule, result.scale) = ("follow", detected.map { ScaleName($0) })
    case .lock(let scale): (result.scaleRule, result.scale) = (ruleText, ScaleName(scale))
    case .pattern, .morph, .off: (result.scaleRule, result.scale) = (ruleText, nil)
    }
    result.pattern = patternName
    return result
  }

  /// What a person should know, one sentence each.
  var warnings: [String] {
    var result: [String] = []
    if overruns > 0 {
      result.append(
        "MIDI messages came faster than they could be read (\(overruns) times); the notes held then were released.")
    }
    if feedbackRefusals > 0 {
      result.append("The MIDI output was wired to the own input; the connection was taken back.")
    }
    return result
  }

  /// Tells the pattern that answers play in from now on; nil for none.
  mutating func play(in pattern: PatternScale?) {
    guard pattern != self.pattern else { return }
    self.pattern = pattern
    patternName = pattern?.name
  }

  /// Whether there is a sentence instead of keyboards.
  mutating func complain(_ message: String?) { summary.message = message }

  mutating func use(_ desk: Desk.Contents) {
    summary.mode = desk.settings.mode.rawValue
    summary.style = desk.style
    if rule != desk.settings.scaleRule {
      rule = desk.settings.scaleRule
      ruleText = rule.text
    }
    learning = desk.learning?.name
  }

  mutating func connect(_ name: String) {
    if !summary.keyboards.contains(name) { summary.keyboards.append(name) }
  }

  mutating func disconnect(_ name: String) {
    summary.keyboards.removeAll { $0 == name }
  }

  /// Counts a note of the player; returns whether it begins a phrase.
  mutating func played(_ pitch: Int, at time: Double) -> Bool {
    // After an answer, or a rest, a new phrase begins.
    let isFirst = isAnswering || nextDeadline == nil
    if isFirst { summary.phraseNotes = 0 }
    isAnswering = false
    nextDeadline = time + Self.rest
    summary.phraseNotes += 1
    summary.played += 1
    Self.append(pitch, to: &summary.lastPlayed)
    return isFirst
  }

  mutating func begin(phraseNotes: Int, at time: Double) {
    isAnswering = true
    nextDeadline = nil
    phraseEnd = time
    summary.phraseNotes = phraseNotes
    summary.lastAnswered = []
  }

  mutating func answered(_ pitch: Int, isAnswer: Bool, at time: Double) {
    summary.answered += 1
    Self.append(pitch, to: &summary.lastAnswered)
    if isAnswer, let end = phraseEnd {
      let seconds = max(0, min(time - end, 3600))
      summary.latencyMilliseconds = (seconds * 100_000).rounded() / 100
      phraseEnd = nil
    }
  }

  mutating func end() { isAnswering = false }

  mutating func silence() {
    isAnswering = false
    phraseEnd = nil
  }

  /// Lets a phrase be over that nobody answers; returns its notes.
  mutating func rest(at time: Double) -> Int? {
    guard let end = nextDeadline, end <= time else { return nil }
    nextDeadline = nil
    return summary.phraseNotes
  }

  private static func append(_ pitch: Int, to list: inout [Int]) {
    if list.count == shownNotes { list.removeFirst() }
    list.append(pitch)
  }
}
