// What was measured after each pass, as a table and as a picture.

/// The history of a training as CSV and as gnuplot's script.
enum NoteHistory {
  static func text(_ rows: [NoteEpoch]) -> String {
    func columns(_ prefix: String) -> [String] {
      [prefix + "_bits"] + NoteAttribute.allCases.map { "\(prefix)_\($0.name)_bits" }
    }
    func cells(_ bits: NoteBits) -> [String] {
      ([bits.total] + NoteAttribute.allCases.map { bits[$0] }).map { decimals($0, 5) }
    }
    let header = ["epoch", "rate"] + columns("train") + columns("validation") + ["notes_per_second"]
    let lines = rows.map { row in
      ["\(row.epoch + 1)", "\(row.rate)"] + cells(row.training) + cells(row.validation)
        + [decimals(row.notesASecond, 0)]
    }
    return ([header] + lines).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// Training and validation bits, and the validation bits of each attribute.
  static func script(_ rows: [NoteEpoch]) -> String {
    let lines = rows.map { row in
      let numbers = [row.training.total, row.validation.total] + NoteAttribute.allCases.map { row.validation[$0] }
      return "\(row.epoch + 1) " + numbers.map { "\($0)" }.joined(separator: " ")
    }
    let attributes = NoteAttribute.allCases.enumerated().map { place, attribute in
      "$history using 1:\(4 + place) with lines title '\(attribute.name)'"
    }
    return """
      $history << EOD
      \(lines.joined(separator: "\n"))
      EOD
      set xlabel 'pass'
      set ylabel 'bits a note'
      set yrange [0:*]
      set key outside right
      set grid
      plot $history using 1:2 with linespoints title 'training (varied)', \
        $history using 1:3 with linespoints title 'validation', \
        \(attributes.joined(separator: ", "))

      """
  }
}
