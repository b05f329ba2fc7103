// One training of a sweep.

/// A combination of values with the training that it asks for.
struct SweepCombination: Sendable {
  /// The value of each varied option, in the order of the axes.
  var values: [(name: String, value: OptionValue)]
  /// The training, with its output in the folder of the combination.
  var plan: NoteTrainingPlan

  /// The name of its folder: "hidden-256+128_rate-0.001".
  var name: String {
    values.map { "\($0.name)-\(Self.text($0.value))" }.joined(separator: "_")
  }

  /// A value as `--vary` takes it.
  static func text(_ value: OptionValue) -> String { value.typed.split(separator: ",").joined(separator: "+") }

  /// The values of all options that decide the outcome, by which an older training of the same folder is known.
  var identity: [String: String] {
    var identity = ["model": plan.kind.rawValue, "data": plan.data?.lastPathComponent ?? ""]
    for key in NoteTrainingKey.all where key.isVariable && key.kinds.contains(plan.kind) {
      identity[key.name] = key.value(plan)?.typed
    }
    return identity
  }
}
