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

  /// Training and validation bits, and the validation bits of each attribute where there are several.
  static func script(_ rows: [NoteEpoch]) -> String {
    let lines = rows.map { row in
      let numbers = [row.training.total, row.validation.total] + NoteAttribute.allCases.map { row.validation[$0] }
      return "\(row.epoch + 1) " + numbers.map { "\($0)" }.joined(separator: " ")
    }
    // What the network does not predict has no bits.
    let predicted = NoteAttribute.allCases.enumerated().filter { _, attribute in
      rows.contains { $0.validation[attribute] > 0 }
    }
    let attributes = predicted.map { place, attribute in
      "$history using 1:\(4 + place) with lines title 'validation, \(attribute.name)'"
    }
    let curves =
      [
        "$history using 1:2 with linespoints title 'training (varied)'",
        "$history using 1:3 with linespoints title 'validation'",
      ] + (attributes.count > 1 ? attributes : [])
    return """
      $history << EOD
      \(lines.joined(separator: "\n"))
      EOD
      set xlabel 'pass'
      set ylabel 'bits a note'
      set yrange [0:*]
      set key outside right
      set grid
      set xrange [0.5:\(rows.count).5]
      set xtics 1,\(max(1, (rows.count + 9) / 10))
      plot \(curves.joined(separator: ", \\\n  "))

      """
  }
}
