// All scales with their notes as written, for a page that knows no music theory.

import Control
import Foundation
import Music

/// What `scales.json` holds:
/// `{"families":[{"family":"dorian","name":"dorian","intervals":[0,2,…],"spelled":[["C","D",…],…]},…]}`.
struct ScaleTable: Encodable {
  struct Family: Encodable {
    /// The protocol's name.
    let family: String
    /// The name for people.
    let name: String
    /// Semitones above the tonic.
    let intervals: [Int]
    /// The written notes for each of the twelve tonics, C first.
    let spelled: [[String]]
  }

  let families = ScaleFamily.allCases.map { family in
    Family(
      family: family.rawValue, name: family.displayName, intervals: family.intervals,
      spelled: (0..<12).compactMap { PitchClass(rawValue: $0) }.map { Scale(tonic: $0, family: family).spelled() })
  }

  /// The table as JSON.
  static let json = Data(LineCodec.encode(ScaleTable()))
}
