// Styles as the commands about notes name them.
import Engine
import Improviser

/// Finds a style among the presets and the user's own.
enum NotesStyle {
  /// The settings of the style called `name`.
  ///
  /// - Throws: `StyleError` with the nearest names when there is none.
  static func settings(_ name: String) throws -> AnswerSettings {
    try StyleStore().style(named: name).applied(to: AnswerSettings())
  }
}
