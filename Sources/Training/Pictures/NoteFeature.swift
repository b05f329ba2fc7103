// What is counted about notes.
import Foundation
import Improviser
import Music

/// A property of notes with its bins.
public enum NoteFeature: String, CaseIterable, Sendable {
  /// MIDI pitch.
  case pitch
  /// Pitch without its octave.
  case pitchClass = "pitch_class"
  /// Semitones from the highest note of an onset to the highest of the next; the outermost bins hold what lies beyond.
  case interval
  /// Beats from one onset to the next.
  case onsetInterval = "inter_onset_time"
  /// Beats for which a note sounds.
  case duration
  /// MIDI velocity, in classes of eight.
  case velocity
  /// Notes that begin together; the last bin holds more.
  case notesPerOnset = "notes_per_onset"

  /// The widest melodic interval that has its own bin.
  static let widest = 24
  /// The most notes of an onset that have their own bin.
  static let thickest = 10

  /// Bins.
  public var count: Int {
    switch self {
    case .pitch: NoteVocabulary.pitchCount
    case .pitchClass: 12
    case .interval: 2 * Self.widest + 1
    // Times as the note models class them; class 0 is the same onset.
    case .onsetInterval, .duration: NoteVocabulary.timeCount - 1
    case .velocity: NoteVocabulary.velocityCount
    case .notesPerOnset: Self.thickest
    }
  }

  /// For titles.
  public var title: String {
    switch self {
    case .pitch: "Pitch"
    case .pitchClass: "Pitch class"
    case .interval: "Melodic interval"
    case .onsetInterval: "Time between onsets"
    case .duration: "Duration"
    case .velocity: "Velocity"
    case .notesPerOnset: "Notes at an onset"
    }
  }

  /// The axis, with its unit.
  var axis: String {
    switch self {
    case .pitch: "note"
    case .pitchClass: "pitch class"
    case .interval: "semitones, highest note to highest note"
    case .onsetInterval, .duration: "beats, classes of the note models"
    case .velocity: "MIDI velocity"
    case .notesPerOnset: "notes"
    }
  }

  /// The bin's value as text: a pitch's name, beats, semitones.
  func label(_ bin: Int) -> String {
    switch self {
    case .pitch: PitchName.of(bin)
    case .pitchClass: "\(PitchClass(wrapping: bin))"
    case .interval: "\(bin - Self.widest)"
    case .onsetInterval, .duration: Self.beats(ticks: NoteVocabulary.times[bin + 1])
    case .velocity: "\(bin * 8)"
    case .notesPerOnset: bin + 1 == count ? "\(bin + 1)+" : "\(bin + 1)"
    }
  }

  /// The bins that are named on the axis.
  var namedBins: [Int] {
    switch self {
    case .pitch: Array(stride(from: 0, to: count, by: 12))
    case .pitchClass, .notesPerOnset: Array(0..<count)
    case .interval: Array(stride(from: 0, to: count, by: 6))
    case .onsetInterval, .duration:
      [1, 6, 12, 24, 48, 96, 192, 576].compactMap { NoteVocabulary.times.firstIndex(of: $0) }.map { $0 - 1 }
    case .velocity: Array(stride(from: 0, to: count, by: 2))
    }
  }

  /// "1/4", "1.5", "2".
  private static func beats(ticks: Int) -> String {
    let perBeat = NoteVocabulary.ticksPerBeat
    if perBeat % ticks == 0, ticks < perBeat { return "1/\(perBeat / ticks)" }
    return TableText.number(Double(ticks) / Double(perBeat))
  }
}
