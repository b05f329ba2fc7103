// An LSTM over 130 numbers a note with three heads, as a student project on MusicNet had it.
import Improviser
import Torch

/// The network of which "90 %" was reported.
///
/// 1. A note is heard as 130 numbers: 128 for the pitch, of which one is 1, the time since the note before and the
///    duration, in beats.
/// 2. Two LSTM layers of 256 units.
/// 3. Three heads on the same outputs: a score for each pitch, one number for the time to the next note, one for its
///    duration. (957,058 weights with two biases in each layer; here, with one, 2,046 fewer.)
/// 4. The project trained the two times by squared error. Here a logistic distribution around each number, of a width
///    that is learnt, is cut into the classes of the vocabulary: much the same loss, but in nats.
///
/// None of the three is told what the others chose, and times are mixtures (0 in a chord, 1/2, 1, 2 beats) of which a
/// single number knows only the middle. Velocities it does not predict, nor the end of a piece.
struct MusicNetLSTM: NoteLearner {
  let options: NoteModelOptions
  let outputs: Set<NoteAttribute> = [.interval, .pitch, .duration]
  let hasEnds = false
  private let layers: LSTMStack
  private let pitch, step, duration: LinearLayer
  private let stepLogScale, durationLogScale: Tensor
  private let steps, durations: DiscretizedLogistic

  /// Numbers that are heard of a note.
  private static let numbers = NoteVocabulary.pitchCount + 2

  /// Makes a network with random weights from libtorch's generator.
  init(_ options: NoteModelOptions) throws {
    self.options = options
    layers = try LSTMStack(inputs: Self.numbers, options)
    let top = options.hidden.last ?? 0
    pitch = try LinearLayer(inputs: top, outputs: NoteVocabulary.pitchCount)
    step = try LinearLayer(inputs: top, outputs: 1)
    duration = try LinearLayer(inputs: top, outputs: 1)
    stepLogScale = try Tensor([Float(-1)]).requiringGradient()
    durationLogScale = try Tensor([Float(-1)]).requiringGradient()
    // A border lies where the classes of ticks meet; between none and one tick at a half.
    let borders = zip(NoteVocabulary.times, NoteVocabulary.times.dropFirst()).map { below, above in
      (below == 0 ? 0.5 : Double(below * above).squareRoot()) / Double(NoteVocabulary.ticksPerBeat)
    }
    steps = try DiscretizedLogistic(borders: borders)
    durations = try DiscretizedLogistic(borders: Array(borders.dropFirst()))
  }

  var parameters: [(name: String, tensor: Tensor)] {
    layers.parameters(under: "lstm") + pitch.parameters(under: "pitch") + step.parameters(under: "interval")
      + duration.parameters(under: "duration")
      + [("interval.log_scale", stepLogScale), ("duration.log_scale", durationLogScale)]
  }

  func start(rows: Int) throws(TorchError) -> [Tensor] { try layers.start(rows: rows) }

  func logits(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLogits {
    let (cells, width) = (batch.steps * batch.rows, Self.numbers)
    var heard = [Float](repeating: 0, count: cells * width)
    for cell in 0..<cells {
      func value(_ attribute: NoteAttribute) -> Int { Int(batch.heard[attribute.rawValue][cell]) }
      // Before the first note all numbers are 0.
      if value(.pitch) < NoteVocabulary.pitchCount {
        heard[cell * width + value(.pitch)] = 1
        heard[cell * width + NoteVocabulary.pitchCount] = NoteVocabulary.beats(ofClass: value(.interval))
        heard[cell * width + NoteVocabulary.pitchCount + 1] = NoteVocabulary.beats(ofClass: value(.duration))
      }
    }
    let top = try layers(heard, batch, state: &state, training: training)
    // The class "nothing follows" and a duration of nothing are impossible.
    let impossible = try Tensor([Float](repeating: -.infinity, count: cells), shape: [cells, 1])
    let interval = try steps.logits(mean: step(top), logScale: stepLogScale)
    let length = try durations.logits(mean: duration(top), logScale: durationLogScale)
    return [
      (.interval, try Tensor.cat([interval, impossible], along: 1)),
      (.pitch, try pitch(top)),
      (.duration, try Tensor.cat([impossible, length], along: 1)),
    ]
  }
}
