// A vocabulary of notes and chords that is built from the music.
import Foundation
import Improviser

/// Each onset is one token: "60" for a note, "60.64.67" for a chord. What is not among the tokens is the class
/// `other`, whose notes are spelled out by a code that knows nothing of music, so that every piece has an exact
/// probability.
///
/// The code: the lowest pitch is one of 128; after each pitch there is, with a chance of 1/2, another above it, any of
/// those with the same chance.
struct ChordVocabulary: Sendable {
  /// Tokens of a vocabulary when no other limit is given. Nine of ten onsets of songs and folk tunes are among so many;
  /// four times as many would name one onset in twenty more.
  static let defaultLimit = 1000

  /// The tokens, the most frequent first; the class of a token is its place.
  let tokens: [String]
  private let places: [String: Int]

  /// The class of everything else.
  var other: Int { tokens.count }
  /// Classes: the tokens and `other`.
  var count: Int { tokens.count + 1 }

  /// A vocabulary of given tokens.
  ///
  /// - Throws: a sentence when there are none, when one stands twice or is no chord.
  init(_ tokens: [String]) throws(TrainingError) {
    guard !tokens.isEmpty else {
      throw TrainingError("The vocabulary of notes and chords is empty; build it from training pieces first.")
    }
    for token in tokens where Self.pitches(of: token) == nil {
      throw TrainingError("The vocabulary holds \"\(token)\"; a token is rising pitches such as 60.64.67.")
    }
    self.tokens = tokens
    places = Dictionary(tokens.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    guard places.count == tokens.count else {
      throw TrainingError("The vocabulary holds a token twice; build it anew from the training pieces.")
    }
  }

  /// The most frequent notes and chords of sequences, at most `limit`; of equally frequent ones the shorter, then the
  /// lower come first.
  ///
  /// - Throws: a sentence for a limit below 1.
  static func tokens(of source: NoteSource, limit: Int = defaultLimit) throws -> [String] {
    guard limit >= 1 else {
      throw TrainingError("The vocabulary would have \(limit) notes and chords; give a number from 1.")
    }
    var counts: [[Int]: Int] = [:]
    for index in 0..<source.count {
      for chord in chords(source.sequence(index).events) { counts[chord, default: 0] += 1 }
    }
    let ranked = counts.sorted { a, b in
      if a.value != b.value { return a.value > b.value }
      if a.key.count != b.key.count { return a.key.count < b.key.count }
      return a.key.lexicographicallyPrecedes(b.key)
    }
    return ranked.prefix(limit).map { token(of: $0.key) }
  }

  /// The pitches of each onset; a note with interval 0 belongs to the onset before.
  static func chords(_ events: [NoteEvent]) -> [[Int]] {
    var chords: [[Int]] = []
    for event in events {
      if event.interval == 0, !chords.isEmpty {
        chords[chords.count - 1].append(event.pitch)
      } else {
        chords.append([event.pitch])
      }
    }
    return chords
  }

  /// "60.64.67" for rising pitches.
  static func token(of pitches: [Int]) -> String { pitches.map(String.init).joined(separator: ".") }

  /// The rising pitches of a token; nil when it is none.
  static func pitches(of token: String) -> [Int]? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    let pitches = parts.compactMap { Int($0) }
    let isRising = zip(pitches, pitches.dropFirst()).allSatisfy { $0 < $1 }
    let isInRange = pitches.allSatisfy((0..<NoteVocabulary.pitchCount).contains)
    guard pitches.count == parts.count, isRising, isInRange, self.token(of: pitches) == token else { return nil }
    return pitches
  }

  /// The class of an onset.
  func place(of pitches: [Int]) -> Int { places[Self.token(of: pitches)] ?? other }

  /// A sequence as tokens, with the notes of each and the surprise at those that are spelled out.
  ///
  /// - Throws: a sentence when a chord does not rise or a pitch does not exist.
  func classes(of sequence: NoteSequence) throws(TrainingError) -> NoteClasses {
    _ = try NoteClasses(sequence)
    let chords = Self.chords(sequence.events)
    let tokens = chords.map(place)
    return NoteClasses(
      tokens: tokens.map(Int64.init), noteCounts: chords.map(\.count),
      extraNats: zip(chords, tokens).map { $1 == other ? Self.spelling($0) : 0 })
  }

  /// The surprise at rising pitches that are spelled out, in nats.
  static func spelling(_ pitches: [Int]) -> Double {
    var nats = 0.0
    var lowest = 0
    for (index, pitch) in pitches.enumerated() {
      nats += log(Double(NoteVocabulary.pitchCount - lowest)) + (index > 0 ? log(2) : 0)
      lowest = pitch + 1
    }
    // Above the highest pitch of all nothing can follow.
    return nats + (lowest < NoteVocabulary.pitchCount ? log(2) : 0)
  }
}
