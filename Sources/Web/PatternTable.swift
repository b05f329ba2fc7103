// The sections of the Thesaurus with their sizes, for a page that knows none of its rules.

import Control
import Foundation
import Music

/// What `patterns.json` holds:
/// `{"progressions":[{"progression":"tritone","octaves":1,"parts":2,"operations":[{"operation":"interpolation",
/// "sizes":{"1":5,…}},…]},…]}`.
struct PatternTable: Encodable {
  struct Operation: Encodable {
    /// The protocol's name.
    let operation: String
    /// How many patterns there are, by the number of added notes.
    let sizes: [String: Int]
  }

  struct Division: Encodable {
    /// The protocol's name.
    let progression: String
    /// Octaves that are divided.
    let octaves: Int
    /// Parts into which they are divided.
    let parts: Int
    /// What can be done to the principal tones, in the order of the list.
    let operations: [Operation]
  }

  let progressions: [Division]

  init(_ list: PatternList = .all) {
    progressions = Progression.allCases.map { progression in
      let operations = PatternOperation.allCases.map { operation in
        let sections = list.sections.filter { $0.progression == progression && $0.operation == operation }
        let sizes = sections.map { ("\($0.count)", list[$0].count) }
        return Operation(operation: operation.rawValue, sizes: Dictionary(uniqueKeysWithValues: sizes))
      }
      return Division(
        progression: progression.rawValue, octaves: progression.octaves, parts: progression.parts,
        operations: operations.filter { !$0.sizes.isEmpty })
    }
  }

  /// The table as JSON; the list of patterns is made when it is first asked for.
  static let json = Data(LineCodec.encode(PatternTable()))
}
