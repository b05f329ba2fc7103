// Opens a model file of any kind for the sampler.

import Foundation
import Improviser
import Neural

/// The live model comes with the inference that ships and its long-term memory, other kinds through libtorch.
enum PredictionFile {
  /// Reads a model; what is returned makes a predictor each time, and they share the weights.
  ///
  /// - Parameter condition: a composer or genre that the model was told in training.
  /// - Throws: a sentence when the file is no note model, its kind cannot play, or it does not know the condition.
  static func open(_ url: URL, condition: String? = nil) throws -> () throws -> any NotePrediction {
    let file = try SafetensorsFile(
      contentsOf: url, remedy: "Make the model again with \"antiphon-train notes train\" or copy the file anew")
    if file.metadata["architecture"] == NoteModelFile.architecture, condition == nil {
      let (model, longTerm) = (try NoteModel(file), try LongTermMemory(file))
      return { NotePredictor(model: model, longTerm: longTerm) }
    }
    let learner = try NoteLearnerFile.read(url)
    let told = try learner.options.place(ofCondition: condition)
    // Refuses a kind that cannot play before anything is drawn.
    _ = try LearnerPrediction(learner, condition: told)
    return { try LearnerPrediction(learner, condition: told) }
  }
}
