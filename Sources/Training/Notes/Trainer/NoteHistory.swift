// What was measured after each pass, as a table and as a picture.

/// One row of the history.
struct NoteEpoch: Equatable {
  var epoch: Int
  var rate: Double
  var training: NoteBits
  var validation: NoteBits
  var notesASecond: Double

  /// Numbers of a row in a checkpoint.
  static let width = 3 + 2 * (NoteAttribute.allCases.count + 1)

  /// The row as numbers.
  var numbers: [Double] {
    [Double(epoch), rate, notesASecond] + training.nats + [training.notes] + validation.nats + [validation.notes]
  }

  /// Reads the numbers of a checkpoint, `width` of them.
  init(numbers: [Double]) {
    let attributes = NoteAttribute.allCases.count
    (epoch, rate, notesASecond) = (Int(numbers[0]), numbers[1], numbers[2])
    training = NoteBits(nats: Array(numbers[3..<3 + attributes]), notes: numbers[3 + attributes])
    validation = NoteBits(
      nats: Array(numbers[4 + attributes..<4 + 2 * attributes]), notes: numbers[4 + 2 * attributes])
  }

  init(epoch: Int, rate: Double, training: NoteBits, validation: NoteBits, notesASecond: Double) {
    self.epoch = epoch
    self.rate = rate
    self.training = training
    self.validation = validation
    self.notesASecond = notesASecond
  }
}

/// The history as CSV and as gnuplot's script.
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
