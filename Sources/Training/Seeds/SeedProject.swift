// The student projects that this one grew from.

/// What follows "seeds": a project whose set-up is repeated.
public enum SeedProject: String, CaseIterable, Sendable {
  /// 24 scales from the chroma of random notes.
  case chromaLite = "chromalite"
  /// An LSTM over a vocabulary of notes and chords.
  case neuralTunes = "neural-tunes"
  /// An LSTM with heads for pitch, step and duration.
  case musicNet = "musicnet"
}
