// Whether the files and styles are there that a configuration names.

import Foundation
import Improviser
import Neural
import ScaleDetector
import Synth

extension ConfigurationReading {
  /// Adds a problem for each style, model or SoundFont that is named and cannot be used. What is missing falls back to
  /// the default, so that a daemon can start without it.
  mutating func checkResources(styles: StyleStore) {
    var fallback = configuration
    do throws(StyleError) {
      _ = try styles.style(named: configuration.answer.style)
    } catch {
      add("\(error)", key: "style", in: "answer")
      fallback.answer.style = Style.standard.name
    }
    if let path = configuration.models.scales {
      do {
        _ = try ChromaLite(contentsOf: URL(fileURLWithPath: path))
      } catch {
        add("\(error)", key: "scales", in: "models")
        fallback.models.scales = nil
      }
    }
    if let path = configuration.models.notes {
      do {
        _ = try NoteSource(contentsOf: URL(fileURLWithPath: path))
      } catch {
        add("\(error)", key: "notes", in: "models")
        fallback.models.notes = nil
      }
    }
    if let path = configuration.models.thesaurus {
      do throws(ModelError) {
        _ = try ThesaurusModel(contentsOf: URL(fileURLWithPath: path))
      } catch {
        add("\(error)", key: "thesaurus", in: "models")
        fallback.models.thesaurus = nil
      }
    }
    if let path = configuration.sound.soundFont {
      do throws(SoundFontError) {
        _ = try SoundFontFile(contentsOf: URL(fileURLWithPath: path))
      } catch {
        // Whoever starts the voice says so once more, and goes on without.
        add("\(error)", key: "soundfont", in: "sound")
      }
    }
    use(fallback)
  }
}
