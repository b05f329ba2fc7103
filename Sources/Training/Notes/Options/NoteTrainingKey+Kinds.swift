// The kinds of values that options of a training take, with what is said of others.
import Foundation

extension NoteTrainingKey {
  typealias Place<Value> = WritableKeyPath<NoteTrainingPlan, Value> & Sendable
  static let every = Set(NoteModelKind.allCases)

  /// A whole number.
  static func integer<Number: BinaryInteger & Sendable>(
    _ name: String, _ help: String, _ range: ClosedRange<Number>, of kinds: Set<NoteModelKind> = every,
    _ place: any Place<Number>
  ) -> NoteTrainingKey {
    NoteTrainingKey(
      name: name, help: help, kinds: kinds,
      set: { (plan, value) throws(TrainingError) in plan[keyPath: place] = try integer(name, value, range) },
      value: { .integer(Int(clamping: $0[keyPath: place])) })
  }

  /// The whole number of a value.
  static func integer<Number: BinaryInteger>(
    _ name: String, _ value: OptionValue, _ range: ClosedRange<Number>
  ) throws(TrainingError) -> Number {
    if case .integer(let number) = value, let fitting = Number(exactly: number), range.contains(fitting) {
      return fitting
    }
    throw TrainingError(
      "\(name) cannot be \(value.shown); give a whole number from \(range.lowerBound) to \(range.upperBound).")
  }

  /// A number between two others, of which `range` contains the lower one.
  static func real(
    _ name: String, _ help: String, _ range: ClosedRange<Double>, of kinds: Set<NoteModelKind> = every,
    _ place: any Place<Double>
  ) -> NoteTrainingKey {
    NoteTrainingKey(
      name: name, help: help, kinds: kinds,
      set: { (plan, value) throws(TrainingError) in plan[keyPath: place] = try real(name, value, range) },
      value: { .real($0[keyPath: place]) })
  }

  /// The number of a value.
  static func real(
    _ name: String, _ value: OptionValue, _ range: ClosedRange<Double>
  ) throws(TrainingError) -> Double {
    let number: Double? =
      switch value {
      case .integer(let number): Double(number)
      case .real(let number): number
      default: nil
      }
    if let number, range.contains(number) { return number }
    throw TrainingError(
      "\(name) cannot be \(value.shown); give a number from \(range.lowerBound) to \(range.upperBound).")
  }

  /// A switch.
  static func flag(
    _ name: String, _ help: String, of kinds: Set<NoteModelKind> = every, _ place: any Place<Bool>
  ) -> NoteTrainingKey {
    NoteTrainingKey(
      name: name, help: help, kinds: kinds,
      set: { (plan, value) throws(TrainingError) in
        guard case .flag(let isOn) = value else {
          throw TrainingError("\(name) cannot be \(value.shown); give true or false.")
        }
        plan[keyPath: place] = isOn
      }, value: { .flag($0[keyPath: place]) })
  }

  /// A path that need not be given.
  static func path(
    _ name: String, _ help: String, example: String, _ place: any Place<URL?>
  ) -> NoteTrainingKey {
    NoteTrainingKey(
      name: name, help: help, kinds: every, example: .text(example), isVariable: false, isText: true,
      set: { (plan, value) throws(TrainingError) in
        let path = (try text(name, value) as NSString).expandingTildeInPath
        plan[keyPath: place] = URL(fileURLWithPath: path)
      }, value: { $0[keyPath: place].map { .text($0.relativePath) } })
  }

  /// The text of a value.
  static func text(_ name: String, _ value: OptionValue) throws(TrainingError) -> String {
    if case .text(let text) = value, !text.isEmpty, text.utf8.count <= 4096,
      !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
    {
      return text
    }
    throw TrainingError("\(name) cannot be \(value.shown); give a text of one line, in quotation marks.")
  }
}
