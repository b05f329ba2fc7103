// A book of tunes in ABC notation as pieces.

import MIDI

/// Reads books of tunes as they are written, without ornaments, at 120 quarters a minute. The composer is the field C:.
enum ABCPieces {
  /// The pieces of a file, also those without notes; their groups stand only when all tunes are known.
  static func read(_ file: CorpusFile, with reader: FolkTunes) throws(CorpusExclusion) -> [CorpusPiece] {
    guard let text = FolkTunes.text(of: file.url) else { throw .broken("it cannot be opened") }
    let tunes = ABCTune.tunes(in: text)
    guard !tunes.isEmpty else { throw .broken("it holds no tune, which would begin with \"X:\"") }
    let files: [StandardMIDIFile?]
    do throws(SourceError) {
      files = try reader.converted(tunes.map(\.plain))
    } catch {
      throw .broken(error.description)
    }
    return zip(tunes, files).enumerated().map { number, pair in
      piece(pair.0, midi: pair.1, name: "\(file.path)#\(number + 1) \(pair.0.title)", file: file)
    }
  }

  private static func piece(_ tune: ABCTune, midi: StandardMIDIFile?, name: String, file: CorpusFile) -> CorpusPiece {
    let notes = midi?.notes() ?? []
    let instruments = midi.map(MIDIPiece.instruments) ?? []
    var piece = CorpusPiece(
      name: name, group: name, source: file.source, composer: tune.composer, genre: file.subfolder,
      notes: zip(notes, instruments).map { note, instrument in
        // The plain tune goes at 120 quarters a minute throughout.
        CorpusNote(
          start: note.onset, end: note.end, beat: note.onset * 2, duration: note.duration * 2,
          pitch: Int16(note.pitch), velocity: Int16(note.velocity), instrument: instrument, part: Int16(note.channel))
      })
    piece.scale = FolkTunes.scale(of: tune, notes: notes)
    if notes.count >= NoteCorpus.fewestNotes { piece.tune = TuneGroups.Keys(title: tune.title, melody: notes) }
    return piece
  }
}
