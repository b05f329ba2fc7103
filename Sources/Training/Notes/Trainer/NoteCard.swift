// The card of a trained note model: what it is, what it learned from, and how to make it again.

/// A model card in Markdown.
struct NoteCard {
  let options: NoteTrainingOptions
  let network: any NoteLearner
  /// Validation bits with the scale told.
  let told: NoteBits
  /// Validation bits with the scale hidden.
  let untold: NoteBits
  let history: [NoteEpoch]
  let training: NoteSource
  let validation: NoteSource
  /// Processes that trained together.
  let processes: Int

  var text: String {
    let name = options.output.deletingPathExtension().lastPathComponent
    let best = history.min { $0.validation.total < $1.validation.total }
    return """
      # \(name)

      \(summary)

      | | |
      |---|---|
      | kind | \(network.options.kind.rawValue) |
      \(shape)
      | parameters | \(network.parameterCount) |
      | plays live | \(live) |
      | data | \(options.data) |
      | licence | \(options.licence) |
      | command | `\(options.command)` |
      | seed | \(options.seed) |
      | passes | \(history.count) of at most \(options.epochs), the best \((best?.epoch ?? 0) + 1); \
      batch \(options.batch), window \(options.window), rate \(options.rate)\
      \(limit)\(processes > 1 ? ", \(processes) processes" : "") |
      | variations | \(variations) |

      Bits a note on the validation part, of which no group (composer, or tune with its variants) is in training:

      | | all | \(attributes.map(\.name).joined(separator: " | ")) |
      |---|---|\(attributes.map { _ in "---|" }.joined())
      \(results)

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

  private var isShippedFile: Bool { network.options.kind == .lstm && network.options.conditions.isEmpty }

  private var summary: String {
    let what =
      switch network.options.kind {
      case .lstm: "A recurrent network that predicts the next note of a piece from those before it."
      case .seedLSTM: "A recurrent network that predicts the next note or chord of a vocabulary made from the data."
      case .bidirectionalAttention:
        "A bidirectional LSTM, attention and an LSTM that predict hidden notes from those before and after."
      case .transformer: "A causal transformer that predicts the next note of a piece from those before it."
      case .regression: "A recurrent network that predicts the next pitch as a number."
      case .musicNetLSTM: "A recurrent network that predicts pitch, step and duration of the next note."
      }
    let architecture = isShippedFile ? NoteModelFile.architecture : network.options.kind.rawValue
    let memory =
      network.options.kind == .lstm
      ? " Beside the weights lies a long-term memory: counts of which notes follow which in the training part." : ""
    return what + " Stored in half precision as safetensors (architecture \"\(architecture)\", version 1)." + memory
  }

  private var shape: String {
    let shape = network.options
    var rows = ["| layers | \(shape.hidden.map(String.init).joined(separator: ", ")) |"]
    if shape.embedding > 0 { rows.append("| embedding | \(shape.embedding) |") }
    if shape.heads > 1 { rows.append("| heads | \(shape.heads) |") }
    if let lstm = network as? LSTMLearner {
      let sizes = lstm.network.options
      rows.append(
        "| hidden units of the heads | pitch \(sizes.pitchHidden), duration \(sizes.durationHidden), "
          + "velocity \(sizes.velocityHidden) |")
      rows.append(
        "| dropout | embedding \(sizes.embeddingDropout), between layers \(sizes.layerDropout), "
          + "top \(sizes.topDropout) |")
    } else {
      rows.append("| dropout | \(shape.dropout) |")
    }
    if !shape.tokens.isEmpty { rows.append("| vocabulary | \(shape.tokens.count) notes and chords |") }
    if !shape.conditions.isEmpty {
      let names = shape.conditions.map { $0.replacing("|", with: "\\|") }.joined(separator: ", ")
      rows.append("| told the \(options.conditionBy.rawValue) | \(names), or none |")
    }
    return rows.joined(separator: "\n")
  }

  private var live: String {
    if isShippedFile { return "yes" }
    if network.options.kind == .lstm { return "yes, once `antiphon-train export` has made the file of one condition" }
    return network.isCausal
      ? "no: it needs only the past, but the daemon plays the kind lstm" : "no: it needs the notes that follow"
  }

  /// The attributes that the network predicts.
  private var attributes: [NoteAttribute] { NoteAttribute.allCases.filter(network.outputs.contains) }

  private func cells(_ bits: NoteBits) -> String {
    ([bits.total] + attributes.map { bits[$0] }).map { decimals($0, 3) }.joined(separator: " | ")
  }

  /// A network that is never told the scale has one result.
  private var results: String {
    has("hidden-scales")
      ? "| scale told | \(cells(told)) |\n| scale hidden | \(cells(untold)) |" : "| all pieces | \(cells(told)) |"
  }

  private var limit: String { options.sequenceLimit.map { ", at most \($0) sequences of each part" } ?? "" }

  /// Whether trainings of this kind have an option.
  private func has(_ option: String) -> Bool {
    (try? NoteTrainingKey.named(option))?.kinds.contains(network.options.kind) ?? false
  }

  private var variations: String {
    let augmentation = options.augmentation
    let all = [
      augmentation.transposes && has("transposition") ? "transposition -5 to +6" : nil,
      augmentation.stretches && has("stretching") ? "half and double time" : nil,
      augmentation.shiftsVelocity && has("velocity-shift") ? "velocity ±24" : nil,
      augmentation.hiddenScales > 0 && has("hidden-scales")
        ? "scale hidden in \(decimals(100 * augmentation.hiddenScales, 0)) %" : nil,
    ].compactMap(\.self)
    return all.isEmpty ? "none" : all.joined(separator: ", ")
  }

  private var counts: String {
    let parts = [training, validation].map { part in
      (0..<part.count).reduce(into: [String: (sequences: Int, notes: Int)]()) { counts, index in
        let source = part.sequence(index).source
        counts[source, default: (0, 0)].sequences += 1
        counts[source, default: (0, 0)].notes += part.noteCount(index)
      }
    }
    return Set(parts.flatMap(\.keys)).sorted().map { source in
      let cells = parts.map { "\($0[source]?.sequences ?? 0) (\($0[source]?.notes ?? 0) notes)" }
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
