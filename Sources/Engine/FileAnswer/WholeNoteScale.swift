// The scale of a list of notes as a whole.

import Improviser
import Music
import ScaleDetector

/// Hears all notes and names the scale that was shown longest. Pure.
enum WholeNoteScale {
  /// Seconds between two looks at the ear.
  private static let step = 0.2
  /// Longer pieces are judged by their beginning.
  private static let longest = 600.0

  private struct Key {
    var time: Double
    var note: Note
    var isDown: Bool
  }

  /// The scale, with its mean confidence over the whole time; nil when none was heard.
  static func scale(of notes: [Note], model: ChromaLite) -> DetectedScale? {
    let ear = NoteScaleEar(model: model)
    let heard = notes.filter { $0.channel != 9 && $0.onset.isFinite && $0.onset < longest }
    let keys = heard.flatMap { note in
      [
        Key(time: note.onset, note: note, isDown: true),
        Key(time: min(max(note.end, note.onset), longest), note: note, isDown: false),
      ]
    }.sorted { ($0.time, $0.isDown ? 1 : 0) < ($1.time, $1.isDown ? 1 : 0) }
    guard let first = keys.first?.time, let last = keys.last?.time else { return nil }
    var sums: [Scale: Float] = [:]
    var looks = 0
    var next = first + step
    func look(until time: Double) {
      while next <= time {
        ear.advance(to: next)
        looks += 1
        if let detected = ear.detected { sums[detected.scale, default: 0] += detected.confidence }
        next += step
      }
    }
    for key in keys {
      look(until: key.time)
      if key.isDown {
        ear.noteOn(pitch: key.note.pitch, velocity: key.note.velocity, at: key.time)
      } else {
        ear.noteOff(pitch: key.note.pitch, at: key.time)
      }
    }
    look(until: last + 1)
    // The name decides between equals, so that a result repeats.
    guard let best = sums.max(by: { ($0.value, $1.key.name) < ($1.value, $0.key.name) }), looks > 0 else { return nil }
    return DetectedScale(scale: best.key, confidence: min(1, best.value / Float(looks)))
  }
}
