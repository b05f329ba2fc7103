// What was measured after one pass.

/// One row of the history.
public struct NoteEpoch: Equatable, Sendable {
  /// Its number, from 0.
  public var epoch: Int
  /// The learning rate of its last step.
  public var rate: Double
  /// The surprise in training, with dropout and variations.
  public var training: NoteBits
  /// The surprise of the averaged weights at the validation part.
  public var validation: NoteBits
  /// Notes of training a second.
  public var notesASecond: Double

  /// Numbers of a row in a checkpoint.
  static let width = 3 + 2 * (NoteAttribute.allCases.count + 1)

  /// The row as numbers.
  var numbers: [Double] {
    [Double(epoch), rate, notesASecond] + training.nats + [training.notes] + validation.nats + [validation.notes]
  }

  /// Reads the numbers of a checkpoint, `width` of them.
  init(numbers: [Double]) {
    let attributes = NoteAttribute.allCases.count
    (epoch, rate, notesASecond) = (Int(numbers[0]), numbers[1], numbers[2])
    training = NoteBits(nats: Array(numbers[3..<3 + attributes]), notes: numbers[3 + attributes])
    validation = NoteBits(
      nats: Array(numbers[4 + attributes..<4 + 2 * attributes]), notes: numbers[4 + 2 * attributes])
  }

  init(epoch: Int, rate: Double, training: NoteBits, validation: NoteBits, notesASecond: Double) {
    self.epoch = epoch
    self.rate = rate
    self.training = training
    self.validation = validation
    self.notesASecond = notesASecond
  }
}
