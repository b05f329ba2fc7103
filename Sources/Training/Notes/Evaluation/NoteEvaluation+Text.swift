// The figures of a note model as text and as JSON.

import Foundation

extension NoteEvaluation {
  /// A table for each kind of music: bits a note, and in brackets the share of right guesses in percent; behind all
  /// bits of the network, how many more or fewer they are than those of the best n-gram.
  public var text: String {
    var lines: [String] = []
    var kinds: [String] = []
    for row in rows where kinds.last != row.music { kinds.append(row.music) }
    for music in kinds {
      let own = rows.filter { $0.music == music }
      lines.append("\(music) (\(own.first?.score.notes ?? 0) notes, \(split.rawValue))")
      lines.append(
        Self.row("bits a note (right, %)", NoteAttribute.allCases.map(\.name) + ["all"]))
      let gram = own.first { $0.model == "best n-gram" }?.score.bits
      for row in own {
        let cells = NoteAttribute.allCases.map { attribute in
          String(format: "%.3f (%.1f)", row.score.bits(attribute), 100 * row.score.top1(attribute))
        }
        var last = String(format: "%.3f", row.score.bits)
        if let gram, gram > 0, row.model.hasPrefix("network") {
          last += String(format: " (%+.1f %%)", 100 * (row.score.bits / gram - 1))
        }
        lines.append(Self.row("  " + row.model, cells + [last]))
      }
      lines.append("")
    }
    lines.append(String(format: "%.0f µs a note for prediction and learning", 1e6 * secondsANote))
    return lines.joined(separator: "\n")
  }

  /// One JSON object.
  public func json() throws -> String {
    struct Figures: Encodable {
      let music, model: String
      let notes: Int
      let bits, top1: [String: Double]
    }
    let figures = rows.map { row in
      var bits = Dictionary(uniqueKeysWithValues: NoteAttribute.allCases.map { ($0.name, row.score.bits($0)) })
      bits["all"] = row.score.bits
      let top1 = Dictionary(uniqueKeysWithValues: NoteAttribute.allCases.map { ($0.name, row.score.top1($0)) })
      return Figures(music: row.music, model: row.model, notes: row.score.notes, bits: bits, top1: top1)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(figures), as: UTF8.self)
  }

  private static func row(_ name: String, _ cells: [String]) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    return padded(name, 30) + cells.map { padded($0, 15) }.joined()
  }
}
