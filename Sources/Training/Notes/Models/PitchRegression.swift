// An LSTM that gives the next pitch as a number, as tutorials on regression do.
import Improviser
import Torch

/// Music as a curve: the network hears four numbers a note and gives one, the next pitch.
///
/// 1. A note is heard as pitch, time since the note before, duration and velocity, each of about the size of 1.
/// 2. LSTM layers of `options.hidden` units.
/// 3. One number: the expected pitch.
/// 4. Around it a logistic distribution of a width that is learnt too, cut into the 128 pitches, so that its surprise
///    can be compared. Its most probable pitch is the number, rounded.
///
/// Why it fails: after C the next note may well be the E above or the G below, but hardly a B flat. The best single
/// number lies between all that is likely, where nothing is, and the scale's gaps cannot be said with one hill.
struct PitchRegression: NoteLearner {
  let options: NoteModelOptions
  let outputs: Set<NoteAttribute> = [.pitch]
  private let layers: LSTMStack
  private let head: LinearLayer
  private let logScale: Tensor
  private let distribution: DiscretizedLogistic

  /// Numbers that are heard of a note.
  private static let numbers = 4
  /// The pitch at which the output is 0, and semitones to a change of 1.
  private static let (middle, unit) = (64.0, 24.0)
  /// Semitones of the distribution's scale at the start.
  private static let firstScale = 5.0

  /// Makes a network with random weights from libtorch's generator.
  init(_ options: NoteModelOptions) throws {
    self.options = options
    layers = try LSTMStack(inputs: Self.numbers, options)
    head = try LinearLayer(inputs: options.hidden.last ?? 0, outputs: 1)
    logScale = try Tensor([Float(Self.firstScale)]).log().detached().requiringGradient()
    distribution = try DiscretizedLogistic(borders: (1..<NoteVocabulary.pitchCount).map { Double($0) - 0.5 })
  }

  var parameters: [(name: String, tensor: Tensor)] {
    layers.parameters(under: "lstm") + head.parameters(under: "pitch") + [("pitch.log_scale", logScale)]
  }

  func start(rows: Int) throws(TorchError) -> [Tensor] { try layers.start(rows: rows) }

  func logits(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLogits {
    let (cells, width) = (batch.steps * batch.rows, Self.numbers)
    var heard = [Float](repeating: 0, count: cells * width)
    for cell in 0..<cells {
      func value(_ attribute: NoteAttribute) -> Int { Int(batch.heard[attribute.rawValue][cell]) }
      // Before the first note all numbers are 0.
      if value(.pitch) < NoteVocabulary.pitchCount {
        heard[cell * width] = Float((Double(value(.pitch)) - Self.middle) / Self.unit)
        heard[cell * width + 1] = NoteVocabulary.beats(ofClass: value(.interval))
        heard[cell * width + 2] = NoteVocabulary.beats(ofClass: value(.duration))
        heard[cell * width + 3] = Float(NoteVocabulary.velocity(ofClass: value(.velocity))) / 127
      }
    }
    let top = try layers(heard, batch, state: &state, training: training)
    let pitch = try head(top).affine(scale: Self.unit, shift: Self.middle)
    return [(.pitch, try distribution.logits(mean: pitch, logScale: logScale))]
  }
}
