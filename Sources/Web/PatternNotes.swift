// The notes of one pattern, for a page that knows none of the rules of the Thesaurus.

import Control
import Foundation
import Music

/// What `pattern.json?name=tritone/interpolation/1:3&tonic=2` holds:
/// `{"name":"tritone/interpolation/1:3","cell":[62,65,68],"pitchClasses":[2,5,8,11]}`.
struct PatternNotes: Encodable, Equatable {
  /// The pattern's name.
  let name: String
  /// MIDI pitches of the first cell as it is played upwards, the principal tone at its end included.
  let cell: [Int]
  /// The pitch classes of the whole pattern, C = 0, upwards from C.
  let pitchClasses: [Int]

  /// The notes of the pattern `name` on the tonic 0…11, which is a text as well; nil for C.
  ///
  /// - Throws: a `PatternNameError`, or `TonicError` when the tonic is no number 0…11.
  init(name: String, tonic: String?) throws {
    let number = tonic ?? "0"
    guard let tonic = Int(number).flatMap(PitchClass.init(rawValue:)) else { throw TonicError() }
    let pattern = try ThesaurusPattern(name: name)
    let start = pattern.start(on: tonic)
    let mask = PatternScale(tonic: tonic, pattern: pattern).pitchClasses
    self.name = pattern.name
    cell = pattern.cell.map { start + $0 }
    pitchClasses = (0..<12).filter { mask >> UInt16($0) & 1 == 1 }
  }

  /// Why a tonic is none.
  struct TonicError: Error, CustomStringConvertible {
    let description = "The tonic is no number from 0 (C) to 11 (B): write for example tonic=2 for D."
  }
}
