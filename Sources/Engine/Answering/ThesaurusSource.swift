// The autoencoder over patterns, or why there is none.

import Foundation
import Improviser
import Neural

/// What the rule "morph" needs. Without it everything else goes on, and that rule is refused with a sentence.
struct ThesaurusSource: Sendable {
  /// Shared by all who decode; nil when there is none.
  let model: ThesaurusModel?
  /// Why there is none.
  let problem: String?

  /// Reads and checks the file, if one was found.
  init(_ configuration: AnsweringConfiguration) {
    guard let url = configuration.thesaurusModel else {
      (model, problem) = (nil, configuration.thesaurusProblem ?? Self.unnamed)
      return
    }
    do throws(ModelError) {
      (model, problem) = (try ThesaurusModel(contentsOf: url), nil)
    } catch {
      (model, problem) = (nil, "\(error)")
    }
  }

  private static let unnamed = "There is no model for the rule morph: name one with --thesaurus-model FILE."
}
