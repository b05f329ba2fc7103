// Looks up a composer or genre by the name that people type.

extension NoteModelOptions {
  /// What the network is told: 0 for none, else 1 + the place in `conditions`.
  ///
  /// - Parameter name: a condition, or a part of exactly one, in any case; nil for none.
  /// - Throws: a sentence that names the conditions that there are.
  func place(ofCondition name: String?) throws(TrainingError) -> Int64 {
    guard let name else { return 0 }
    if let exact = conditions.firstIndex(of: name) { return Int64(exact) + 1 }
    let wanted = name.lowercased()
    let near = conditions.indices.filter { conditions[$0].lowercased().contains(wanted) }
    if near.count == 1 { return Int64(near[0]) + 1 }
    guard !conditions.isEmpty else {
      throw TrainingError(
        "The model was trained without conditions, so it cannot be told \"\(name)\"; leave --condition out.")
    }
    let known = near.isEmpty ? conditions : near.map { conditions[$0] }
    throw TrainingError(
      "The model \(near.isEmpty ? "does not know" : "knows several that contain") \"\(name)\"; choose one of "
        + known.prefix(40).joined(separator: "; ") + (known.count > 40 ? "; …" : "") + ".")
  }
}
