// The commented file of a training's options.

/// Writes the file that --print-config prints: every option of the kind with what it does and its value, in TOML.
public enum NoteTrainingText {
  /// The text, which reads back to the same plan. Options that are not set stand behind # with an example.
  public static func text(_ plan: NoteTrainingPlan) -> String {
    var lines = [
      "# The options of a training, for antiphon-train notes train --config FILE.",
      "# The command line goes before it.",
    ]
    for key in NoteTrainingKey.all where key.kinds.contains(plan.kind) {
      guard let value = key.value(plan) ?? key.example else { continue }
      let kinds = key.name == "model" ? " " + NoteModelKind.allCases.map(\.rawValue).joined(separator: ", ") + "." : ""
      lines += ["", "# " + key.help + kinds, (key.value(plan) == nil ? "#" : "") + "\(key.name) = \(value.toml)"]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
