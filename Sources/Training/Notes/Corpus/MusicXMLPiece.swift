// A score in MusicXML as a piece.

import Music

/// Reads scores in MusicXML. Seconds follow the score's tempo marks.
enum MusicXMLPiece {
  static func read(_ file: CorpusFile) throws(CorpusExclusion) -> CorpusPiece {
    let content: MusicXMLContent
    do throws(SourceError) {
      content = try MusicXMLScore.content(of: file.url)
    } catch {
      if case .unreadable(_, let reason) = error { throw .broken(reason) }
      throw .broken(error.description)
    }
    let tempo = QuarterTempoMap(content.tempos)
    let notes = content.notes.map { note in
      let isListed = content.parts.indices.contains(note.part)
      let part = isListed ? content.parts[note.part] : MusicXMLContent.Part()
      return CorpusNote(
        start: tempo.seconds(at: note.onset), end: tempo.seconds(at: note.end), beat: note.onset,
        duration: note.end - note.onset, pitch: Int16(note.pitch), velocity: Int16(note.velocity),
        instrument: Int16(part.isPercussion ? GeneralMIDI.drums : part.program), part: Int16(clamping: note.part),
        staff: Int16(note.staff))
    }
    var piece = CorpusPiece(
      name: file.path, group: file.group, source: file.source, composer: content.composer ?? file.subfolder,
      genre: file.subfolder, notes: notes.sorted { ($0.start, $0.pitch) < ($1.start, $1.pitch) })
    for (number, part) in content.parts.enumerated() { piece.parts[Int16(clamping: number)] = part.name }
    piece.scale = scale(of: content)
    piece.division = .staves
    return piece
  }

  /// The scale by the rule of the signatures; of the minor families the one that sounds most.
  private static func scale(of content: MusicXMLContent) -> Scale? {
    let score = MusicXMLScore(content)
    guard case .success(let label) = SignatureRule.label(score) else { return nil }
    return Scale.best(tonic: label.tonic, of: label.families, for: score.notes)
  }
}
