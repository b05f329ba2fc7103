// What a preparation reads, keeps and writes.

/// The options of `NoteCorpus.prepare`.
public struct CorpusOptions: Sendable {
  /// Threads that read files; the outcome does not depend on them.
  public var threads = 1
  /// The part of the files that is read.
  public var shard = CorpusShard.whole
  /// The pieces and notes that are kept.
  public var filter = CorpusFilter()
  /// True to keep files that have the notes of another file.
  public var keepsDuplicates = false
  /// Files of more bytes are left out; for MIDI files, which are denser, a quarter of this counts.
  public var largestFile = 32 << 20
  /// Pieces of more notes are left out.
  public var mostNotes = 1_000_000
  /// Pieces that last longer, in seconds, are left out.
  public var longest = 86_400.0
  /// True to write a table of all notes.
  public var writesTable = false
  /// The frames of piano rolls; nil for none.
  public var rolls: RollRate?
  /// True to write token sequences.
  public var writesTokens = false

  /// Everything is read, and only the prepared notes are written.
  public init() {}
}
