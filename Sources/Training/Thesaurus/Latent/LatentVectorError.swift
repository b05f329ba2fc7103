// Why a text gives no latent vector.

import Foundation
public import MIDI
public import Music

/// One sentence that says what is wrong with a vector and what to write.
public enum LatentVectorError: Error, Equatable, CustomStringConvertible {
  /// As many numbers as that instead of the model's.
  case length(Int, expected: Int)
  /// A word among the numbers.
  case word(String)
  /// Not a number, or infinite.
  case notFinite(String)
  /// A number beyond `LatentVectorReader.largest`.
  case large(String)
  /// Nothing that is known.
  case unknown(String, length: Int)
  /// What stands before "thesaurus:" is no tonic.
  case tonic(String)
  /// Looks like the name of a pattern.
  case name(PatternNameError)
  /// The file cannot be read as MIDI.
  case midi(StandardMIDIFileError)
  /// The file is a folder or a device.
  case notAFile(String)
  /// The file has no notes.
  case silent(String)
  /// Two notes of the file begin together.
  case chords(String, seconds: Double)
  /// The file's line is no pattern; these come nearest.
  case noPattern(String, nearest: [ThesaurusPattern])

  public var description: String {
    switch self {
    case .length(let count, let expected):
      "The vector has \(count) number\(count == 1 ? "" : "s"); the model's latent vectors have \(expected)"
        + (count == 1 && expected > 1 ? " (all numbers of a vector stand between quotes)." : ".")
    case .word(let word):
      "\"\(Self.short(word))\" stands among the numbers of a vector and is no number; separate numbers by spaces or "
        + "commas."
    case .notFinite(let word):
      "The vector holds \(word), with which nothing can be computed; write finite numbers."
    case .large(let word):
      "The vector holds \(Self.short(word)); the numbers of latent vectors are about -3 to 3, and more than "
        + "\(Int(LatentVectorReader.largest)) is not read."
    case .unknown(let text, let length):
      "\"\(Self.short(text))\" is neither a file nor a vector: write \(length) numbers, the name of a pattern such as "
        + "tritone/interpolation/1:3, a MIDI file or random."
    case .tonic(let text):
      "\"\(Self.short(text))\" before \"thesaurus:\" is no tonic; write a note such as D or F#, or leave it out."
    case .name(let error):
      "\(error)"
    case .midi(let error):
      "\(error)."
    case .notAFile(let path):
      "\(path) is a folder or a device; give a MIDI file."
    case .silent(let path):
      "\(path) has no notes; give a MIDI file with the line of a pattern."
    case .chords(let path, let seconds):
      "\(path) is no single line: two notes begin together at \(String(format: "%.2f", seconds)) s; "
        + "give a file in which one note follows another."
    case .noPattern(let path, let nearest):
      "\(path) plays no pattern of the Thesaurus: from its first note on it must repeat a cell of two to five notes on "
        + "equal steps at least twice, up to the tone after; nearest are "
        + "\(nearest.map(\.name).joined(separator: ", "))."
    }
  }

  private static func short(_ text: String) -> String { text.count > 60 ? text.prefix(60) + "…" : text }
}
