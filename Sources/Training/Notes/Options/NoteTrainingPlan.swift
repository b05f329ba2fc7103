// A training of notes as a person asks for it: the options, and where things come from and go to.
public import Foundation

/// What the command line and the configuration file fill in, name by name.
///
/// Layers and their widths are kept as they were given until `finished()`, for they may come in any order.
public struct NoteTrainingPlan: Sendable {
  /// All that decides the outcome.
  public var options: NoteTrainingOptions
  /// The prepared notes.
  public var data: URL?
  /// The folder for TensorBoard's events; none are written when nil.
  public var tensorBoard: URL?
  /// What the model card calls the data; their file's name when nil.
  var dataName: String?
  /// One width for all layers, or one for each.
  var widths: [Int]?
  var layers: Int?

  /// The defaults of a kind of model.
  public init(_ kind: NoteModelKind) {
    options = NoteTrainingOptions(kind)
    // The shipped model is not overwritten by chance.
    options.output = URL(fileURLWithPath: "notes-\(kind.rawValue).safetensors")
  }

  /// The kind of model that is trained.
  public var kind: NoteModelKind { options.model.kind }

  /// Sets one option; its name is that of the command line without the dashes.
  ///
  /// - Throws: a sentence that begins with the name, for an unknown name, an option that this kind of model does not
  ///   have and a value that cannot be.
  public mutating func set(_ name: String, to value: OptionValue) throws(TrainingError) {
    let key = try NoteTrainingKey.named(name)
    guard key.kinds.contains(kind) else {
      let owners = NoteModelKind.allCases.filter(key.kinds.contains).map(\.rawValue).joined(separator: ", ")
      throw TrainingError("\(name) is no option of the model \(kind.rawValue), but of \(owners); leave it out.")
    }
    try key.set(&self, value)
  }

  /// The value of an option; nil when it is not set.
  public func value(of name: String) throws(TrainingError) -> OptionValue? {
    try NoteTrainingKey.named(name).value(self)
  }

  /// The plan with its layers and names put together.
  ///
  /// - Throws: a sentence for options that do not go together.
  public func finished() throws(TrainingError) -> NoteTrainingPlan {
    var plan = self
    plan.options.model.hidden = try hidden()
    (plan.widths, plan.layers) = (nil, nil)
    if let name = dataName ?? data?.lastPathComponent { plan.options.data = name }
    try plan.options.validate()
    return plan
  }

  private func hidden() throws(TrainingError) -> [Int] {
    let own = options.model.hidden
    let given = widths ?? own
    let count = layers ?? (given.count == 1 ? own.count : given.count)
    if given.count == count { return given }
    // One width is meant for all layers, and so are the equal widths of the defaults.
    guard let width = given.first, given.count == 1 || (widths == nil && Set(own).count == 1) else {
      let list = given.map(String.init).joined(separator: ",")
      throw TrainingError(
        "layers is \(count), but hidden has the \(given.count) widths \(list); give hidden one width, or \(count).")
    }
    return Array(repeating: width, count: count)
  }
}
