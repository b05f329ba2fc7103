// Tells TensorBoard how a training goes.
public import Foundation

/// Writes the figures of a training to a file of events: the loss, rate and speed while it runs, and the bits of each
/// pass by attribute. For the thread that trains.
public final class BoardObserver: TrainingObserver {
  /// Steps between two events.
  static let interval = 10

  private let file: BoardFile
  private var losses: [Double] = []
  private var lastStep = 0

  /// Begins a file in `folder`, which is made when it is missing.
  ///
  /// - Throws: a sentence when that cannot be.
  public init(folder: URL) throws(TrainingError) { file = try BoardFile(folder: folder) }

  /// Why the events end before the training, as a sentence; nil when all is well.
  public var complaint: String? { file.complaint }

  public func step(_ step: Int, loss: Double, rate: Double, notesASecond: Double) {
    file.start(at: step)
    lastStep = step
    losses.append(loss)
    guard losses.count >= Self.interval else { return }
    let mean = losses.reduce(0, +) / Double(losses.count)
    file.add([("training/loss", mean), ("training/rate", rate), ("training/notes_per_second", notesASecond)], at: step)
    losses = []
  }

  public func epoch(_ epoch: NoteEpoch) {
    file.start(at: lastStep)
    var scalars = [(tag: "pass/number", value: Double(epoch.epoch + 1))]
    for (name, bits) in [("training", epoch.training), ("validation", epoch.validation)] {
      scalars.append(("bits_\(name)/all", bits.total))
      for attribute in NoteAttribute.allCases where bits[attribute] > 0 {
        scalars.append(("bits_\(name)/\(attribute.name)", bits[attribute]))
      }
    }
    file.add(scalars, at: lastStep)
  }
}
