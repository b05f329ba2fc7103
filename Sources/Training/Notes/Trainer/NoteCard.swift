// The card of a trained note model: what it is, what it learned from, and how to make it again.

/// A model card in Markdown.
struct NoteCard {
  let options: NoteTrainingOptions
  let parameters: Int
  /// Validation bits with the scale told.
  let told: NoteBits
  /// Validation bits with the scale hidden.
  let untold: NoteBits
  let history: [NoteEpoch]
  let training: [NoteSequence]
  let validation: [NoteSequence]

  var text: String {
    let name = options.output.deletingPathExtension().lastPathComponent
    let network = options.network
    let best = history.min { $0.validation.total < $1.validation.total }
    return """
      # \(name)

      A recurrent network that predicts the next note of a piece: the time until it, its pitch, duration and velocity.
      \(parameters) parameters, stored in half precision as safetensors (architecture "note-lstm", version 1), and beside
      them a long-term memory: counts of which notes follow which in the training part.

      | | |
      |---|---|
      | layers | \(network.layers) × LSTM \(network.hidden), embedding \(network.embedding) |
      | hidden units of the heads | pitch \(network.pitchHidden), duration \(network.durationHidden), \
      velocity \(network.velocityHidden) |
      | dropout | embedding \(network.embeddingDropout), between layers \(network.layerDropout), \
      top \(network.topDropout) |
      | data | \(options.data) |
      | licence | \(options.licence) |
      | command | `\(options.command)` |
      | seed | \(options.seed) |
      | passes | \(history.count) of at most \(options.epochs), the best \((best?.epoch ?? 0) + 1); \
      batch \(options.batch), window \(options.window), rate \(options.rate) |
      | variations | \(variations) |

      Bits a note on the validation part, of which no group (composer, or tune with its variants) is in training:

      | | all | interval | pitch | duration | velocity |
      |---|---|---|---|---|---|
      | scale told | \(cells(told)) |
      | scale hidden | \(cells(untold)) |

      Sequences by source and part, with their notes:

      | source | training | validation |
      |---|---|---|
      \(counts)

      By pass, bits a note (the training's with dropout and variations):

      | pass | training | validation | notes/s |
      |---|---|---|---|
      \(passes)

      `antiphon-train notes evaluate` measures the test part.

      """
  }

  private func cells(_ bits: NoteBits) -> String {
    ([bits.total] + NoteAttribute.allCases.map { bits[$0] }).map { decimals($0, 3) }.joined(separator: " | ")
  }

  private var variations: String {
    let augmentation = options.augmentation
    let all = [
      augmentation.transposes ? "transposition -5 to +6" : nil,
      augmentation.stretches ? "half and double time" : nil,
      augmentation.shiftsVelocity ? "velocity ±24" : nil,
      augmentation.hiddenScales > 0 ? "scale hidden in \(decimals(100 * augmentation.hiddenScales, 0)) %" : nil,
    ].compactMap(\.self)
    return all.isEmpty ? "none" : all.joined(separator: ", ")
  }

  private var counts: String {
    Set((training + validation).map(\.source)).sorted().map { source in
      let cells = [training, validation].map { sequences in
        let own = sequences.filter { $0.source == source }
        return "\(own.count) (\(own.reduce(0) { $0 + $1.events.count }) notes)"
      }
      return "| \(source) | \(cells.joined(separator: " | ")) |"
    }.joined(separator: "\n")
  }

  private var passes: String {
    history.map { row in
      "| \(row.epoch + 1) | \(decimals(row.training.total, 3)) | \(decimals(row.validation.total, 3)) | "
        + "\(Int(row.notesASecond)) |"
    }.joined(separator: "\n")
  }
}
