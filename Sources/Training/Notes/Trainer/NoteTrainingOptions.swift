// What one training of a note network is asked to do.
public import Foundation

/// Everything that decides the outcome of a training, and where it goes.
public struct NoteTrainingOptions: Sendable {
  /// The network. Conditions and vocabulary are taken from the data.
  public var model: NoteModelOptions
  /// What the network is told of each piece beside its scale.
  public var conditionBy = NoteCondition.none
  /// Which notes of the pieces are learnt and validated; empty for all.
  public var parts: Set<NotePart> = []
  /// Passes over the training sequences.
  public var epochs = 16
  /// Passes without fewer validation bits after which training stops.
  public var patience = 6
  /// Sequences side by side.
  public var batch = 64
  /// Notes of a window, through which gradients flow back.
  public var window = 64
  /// Learning rate at the start; it rises to twice that and falls to nearly nothing (one cycle).
  public var rate = 2e-3
  /// Decoupled weight decay of AdamW.
  public var weightDecay = 1e-2
  /// Largest norm of a step's gradient.
  public var clipping = 1.0
  /// Share of the old value that the averaged weights keep at each step.
  public var averaging = 0.999
  /// What is varied in the training sequences.
  public var augmentation = NoteAugmentation()
  /// Seed of everything random.
  public var seed: UInt64 = 1
  /// Threads of libtorch. More than one helps only on a machine that does nothing else.
  public var threads = 1
  /// Use only so many sequences of each part of the data.
  public var sequenceLimit: Int?
  /// Continue from the checkpoint, when there is one.
  public var resumes = false
  /// The file that a training is continued from; none is written when nil.
  public var checkpoint: URL?
  /// Minutes between two checkpoints within a pass.
  public var checkpointMinutes = 10.0
  /// The model file; the card, the history and the picture go beside it.
  public var output = URL(fileURLWithPath: "presets/models/notes.safetensors")
  /// What the model card says of the data.
  public var data = "not stated"
  /// What the model card says of the data's licence.
  public var licence = "not stated"
  /// The command line, for the model card.
  public var command = "antiphon-train notes train"
  /// Whether progress is shown on standard error.
  public var isQuiet = false

  /// The defaults of a kind; those of `lstm` are the options of the shipped model.
  public init(_ kind: NoteModelKind = .lstm) {
    model = NoteModelOptions(kind)
    switch kind {
    case .lstm: break
    // Attention sees no further than its window, and diverges at the rates of an LSTM.
    case .transformer: (rate, window, batch) = (5e-4, 128, 32)
    case .bidirectionalAttention: (rate, window, batch) = (1e-3, 128, 32)
    case .seedLSTM, .regression, .musicNetLSTM: rate = 1e-3
    }
  }

  /// Throws a sentence for a value that cannot work.
  func validate() throws(TrainingError) {
    func require(_ condition: Bool, _ sentence: String) throws(TrainingError) {
      guard condition else { throw TrainingError(sentence) }
    }
    try model.validate()
    try require((1...100_000).contains(epochs), "--epochs is \(epochs); give a number from 1 to 100000.")
    try require(patience >= 1, "--patience is \(patience); give a number from 1.")
    try require((1...4096).contains(batch), "--batch is \(batch); give a number from 1 to 4096.")
    try require((1...4096).contains(window), "--window is \(window); give a number from 1 to 4096.")
    try require(rate > 0 && rate < 1, "--rate is \(rate); give a learning rate between 0 and 1, such as 0.002.")
    try require(
      checkpointMinutes > 0, "--checkpoint-minutes is \(checkpointMinutes); give a number above 0, such as 10.")
    try require((0...1).contains(averaging), "The averaging is \(averaging); give a share from 0 to 1.")
    try require(weightDecay >= 0, "--weight-decay is \(weightDecay); give a number from 0.")
    try require((1...1024).contains(threads), "--threads is \(threads); give a number from 1 to 1024.")
    try require(clipping > 0, "The gradient clipping is \(clipping); give a norm above 0.")
    let hidden = augmentation.hiddenScales
    try require((0...1).contains(hidden), "--hidden-scales is \(hidden); give a share from 0 to 1.")
    try require(sequenceLimit.map { $0 > 0 } ?? true, "--limit-sequences must be at least 1.")
  }
}
