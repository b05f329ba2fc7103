// Classes of time as numbers, for networks that hear times as such.
import Improviser

extension NoteVocabulary {
  /// The beats of a class of time; 0 for `end`, which no network hears.
  static func beats(ofClass index: Int) -> Float {
    times.indices.contains(index) ? Float(times[index]) / Float(ticksPerBeat) : 0
  }
}
