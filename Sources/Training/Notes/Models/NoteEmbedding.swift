// Notes as vectors: what the attention networks read.
import Improviser
import Torch

/// The sum of a row for each of a note's four numbers, and what the network is told beside the notes.
struct NoteEmbedding: Module {
  private let tables: [(attribute: NoteAttribute, table: Tensor)]
  private let scale: Tensor
  private let condition: Tensor?

  /// Random tables of rows of `width` numbers, for `conditions` composers or genres.
  init(width: Int, conditions: Int) throws(TorchError) {
    var tables: [(attribute: NoteAttribute, table: Tensor)] = []
    for attribute in NoteAttribute.allCases {
      let table = try Tensor.normal([attribute.inputCount, width], deviation: 0.3).requiringGradient()
      tables.append((attribute, table))
    }
    self.tables = tables
    scale = try Tensor.normal([ScaleCondition.count, width], deviation: 0.1).requiringGradient()
    condition =
      conditions > 0 ? try Tensor.normal([conditions + 1, width], deviation: 0.1).requiringGradient() : nil
  }

  var parameters: [(name: String, tensor: Tensor)] {
    var all = tables.map { (name: $0.attribute.name, tensor: $0.table) }
    all.append(("scale", scale))
    if let condition { all.append(("condition", condition)) }
    return all
  }

  /// Notes [N, width] from their classes, by `NoteAttribute.rawValue`.
  func notes(_ classes: [[Int64]]) throws(TorchError) -> Tensor {
    var rows: [Tensor] = []
    for (attribute, table) in tables { rows.append(try table.embedding(Tensor(classes[attribute.rawValue]))) }
    guard var sum = rows.first else { throw TorchError("note embedding: there are no attributes") }
    for row in rows.dropFirst() { sum = try sum + row }
    return sum
  }

  /// What is told at each cell of a window, [steps · rows, width]: the scale, and the composer or genre.
  func told(_ batch: NoteBatch) throws(TorchError) -> Tensor {
    let scales = try Tensor(batch.scales, shape: [batch.steps * batch.rows, ScaleCondition.count])
    let told = try scales.matmul(scale)
    guard let condition else { return told }
    return try told + condition.embedding(Tensor(batch.condition))
  }
}
