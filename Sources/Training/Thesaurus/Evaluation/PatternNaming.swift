// How reliably a pattern that is played is named, and how seldom other music is.

import Improviser
public import Music

/// What `PatternEar` says to patterns, and to music in which nobody plays one on purpose.
public struct PatternNaming: Sendable, Codable {
  /// What it says to the pieces of one kind.
  public struct Music: Sendable, Codable {
    /// "whole", "voice", "upper" or "lower": the notes of the scores that were played.
    public var part: String
    /// Sequences.
    public var pieces = 0
    /// Their notes.
    public var notes = 0
    /// Hours that they last, a quarter note at 0.6 s.
    public var hours = 0.0
    /// How often a name came up.
    public var names = 0
    /// Hours for which one was shown.
    public var hoursShown = 0.0
  }

  /// Seconds between the notes of a pattern.
  private static let pace = 0.25
  /// Seconds of a tick of prepared notes, at 100 quarter notes a minute.
  private static let tick = 0.6 / 24

  /// Patterns, played once upwards, to which any name was shown.
  public var named: Share
  /// Those to which their own was.
  public var exact: Share
  /// Notes until the first name was shown; mean over the named.
  public var notesUntilNamed: Double
  /// What other music was called; empty when none was played.
  public var music: [Music] = []

  /// Plays patterns, each upwards once.
  public init(playing patterns: [ThesaurusPattern] = PatternList.all.patterns) {
    var (named, exact, notes) = (0, 0, 0)
    for (index, pattern) in patterns.enumerated() {
      let scale = PatternScale(tonic: PitchClass(wrapping: 5 * index), pattern: pattern)
      let start = pattern.start(on: scale.tonic)
      var ear = PatternEar()
      var (first, isExact) = (0, false)
      for (place, offset) in pattern.ascent.enumerated() {
        ear.noteOn(pitch: start + offset, at: Double(place) * Self.pace)
        if first == 0, ear.pattern != nil { first = place + 1 }
        isExact = isExact || ear.pattern == scale
      }
      named += first > 0 ? 1 : 0
      exact += isExact ? 1 : 0
      notes += first
    }
    self.named = Share(named, of: patterns.count)
    self.exact = Share(exact, of: patterns.count)
    notesUntilNamed = Double(notes) / Double(max(1, named))
  }

  /// Plays music beside the patterns.
  ///
  /// - Parameter progress: hears how far it has come, and says whether to stop; then it throws `CancellationError`.
  public init(playing prepared: PreparedNotes, progress: (String) -> Bool) throws {
    self.init()
    var kinds: [NotePart: Music] = [:]
    for index in 0..<prepared.count {
      if index % 100 == 0, progress("\(index) of \(prepared.count) sequences") { throw CancellationError() }
      let part = prepared.part(of: index)
      kinds[part, default: Music(part: "\(part)")].hear(prepared[index].events, tick: Self.tick)
    }
    music = NotePart.allCases.compactMap { kinds[$0] }
  }
}

extension PatternNaming.Music {
  /// Plays a sequence from a silence on.
  fileprivate mutating func hear(_ events: [NoteEvent], tick: Double) {
    var ear = PatternEar()
    var (time, before) = (0.0, 0.0)
    var shown: PatternScale?
    for event in events {
      time += Double(event.interval) * tick
      ear.advance(to: time)
      // A name that goes in between is counted up to this note: rather too long than too short.
      if shown != nil { hoursShown += (time - before) / 3600 }
      ear.noteOn(pitch: event.pitch, at: time)
      if let pattern = ear.pattern, pattern != shown { names += 1 }
      (shown, before) = (ear.pattern, time)
    }
    pieces += 1
    notes += events.count
    hours += time / 3600
  }
}
