// The clefs and octave signs that keep a line on the staff.

/// A clef with or without a sign that it sounds one or two octaves higher or lower.
enum StaffRegister: Int, CaseIterable {
  case bassOctaveLower
  case bass
  case treble
  case trebleOctaveHigher
  case trebleTwoOctavesHigher

  /// Whether the notes stand in the treble clef.
  var isTreble: Bool { self != .bass && self != .bassOctaveLower }

  /// Octaves by which the notes sound higher than the clef says.
  var octaves: Int {
    switch self {
    case .bassOctaveLower: -1
    case .bass, .treble: 0
    case .trebleOctaveHigher: 1
    case .trebleTwoOctavesHigher: 2
    }
  }

  /// The step of the middle line: D3 in the bass clef, B4 in the treble clef.
  private var middle: Int { (isTreble ? 34 : 22) + 7 * octaves }

  /// Ledger lines that a note needs.
  func ledgerLines(_ note: WrittenPitch) -> Int { max(0, (abs(note.step - middle) - 4) / 2) }

  /// How badly a note sits: its ledger lines squared.
  private func cost(_ note: WrittenPitch) -> Int { ledgerLines(note) * ledgerLines(note) }

  /// A register for each cell, such that there are few ledger lines and few changes: the cheapest way by dynamic
  /// programming, where a change costs as much as a note on four ledger lines.
  static func plan(_ cells: [[WrittenPitch]]) -> [StaffRegister] {
    let change = 16
    var costs = allCases.map { $0.octaves == 0 ? 0 : 2 }
    var ways: [[Int]] = []
    for cell in cells {
      let before = costs
      let origins = allCases.indices.map { place in
        before.indices.min { one, other in
          before[one] + (one == place ? 0 : change) < before[other] + (other == place ? 0 : change)
        } ?? place
      }
      ways.append(origins)
      costs = allCases.indices.map { place in
        let origin = origins[place]
        let here = cell.reduce(0) { $0 + allCases[place].cost($1) }
        return before[origin] + (origin == place ? 0 : change) + here
      }
    }
    var place = costs.indices.min { costs[$0] < costs[$1] } ?? 2
    var plan: [StaffRegister] = []
    for origins in ways.reversed() {
      plan.append(allCases[place])
      place = origins[place]
    }
    return plan.reversed()
  }
}
