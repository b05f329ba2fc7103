// The kinds of note models that can be trained.

/// What follows --model: one architecture, one file that reads from top to bottom.
public enum NoteModelKind: String, CaseIterable, Codable, Sendable {
  /// The model that answers live.
  case lstm
  /// Three LSTM layers over a one-hot vocabulary of notes and chords that is built from the data.
  case seedLSTM = "seed-lstm"
  /// A bidirectional LSTM, attention and an LSTM over notes of which some are hidden.
  case bidirectionalAttention = "bilstm-attention"
  /// A causal transformer with relative positions.
  case transformer
  /// An LSTM that gives the pitch as a number.
  case regression
  /// An LSTM over 130 numbers a note, with heads for pitch, step and duration.
  case musicNetLSTM = "musicnet-lstm"
}
