// The note model with its long-term memory, ready to predict.

import Foundation
import Improviser
import Neural

/// What a note model's file holds: shared by any number of predictors.
struct NoteSource: Sendable {
  private let model: NoteModel
  private let longTerm: LongTermMemory?

  /// Reads and checks the file.
  init(contentsOf url: URL) throws(ModelError) {
    let file = try SafetensorsFile(contentsOf: url, remedy: NoteModel.remedy)
    model = try NoteModel(file)
    longTerm = try LongTermMemory(file)
  }

  /// A predictor at the beginning of a piece; one thread owns it.
  func prediction() -> any NotePrediction { NotePredictor(model: model, longTerm: longTerm) }
}
