// One option of a grid with the values that it takes.

/// What stands behind --vary.
public struct SweepAxis: Equatable, Sendable {
  /// The option.
  public let name: String
  /// Its values, at least one, each once.
  public let values: [OptionValue]

  /// Reads `rate=0.001,0.002`; a list within is written with plus signs, `hidden=256+128,512`.
  ///
  /// - Throws: a sentence for another form, an unknown option and one that changes nothing of what is learnt.
  public init(_ text: String) throws(TrainingError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw TrainingError("--vary is \"\(text.prefix(60))\"; write an option and its values, such as rate=0.001,0.002.")
    }
    name = String(parts[0])
    let key: NoteTrainingKey
    do throws(TrainingError) {
      key = try NoteTrainingKey.named(name)
    } catch {
      throw TrainingError("--vary: \(error)")
    }
    guard key.isVariable else {
      let names = NoteTrainingKey.all.filter(\.isVariable).map(\.name).joined(separator: ", ")
      throw TrainingError("--vary cannot vary \(name); choose from \(names).")
    }
    values = parts[1].split(separator: ",", omittingEmptySubsequences: false).map { word in
      // A number may have a plus sign in its exponent.
      let isList = word.contains("+") && Double(word) == nil && !key.isText
      return key.value(typed: isList ? word.split(separator: "+").joined(separator: ",") : String(word))
    }
    for (place, value) in values.enumerated() where values[..<place].contains(value) {
      throw TrainingError("--vary names \(name) \(value.typed) twice; name each value once.")
    }
  }
}
