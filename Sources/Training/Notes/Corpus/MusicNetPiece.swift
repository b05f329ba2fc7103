// A recording of MusicNet as a piece.

import Foundation

/// Reads the labels of a recording. The group and the composer are MusicNet's composer, the genre is the ensemble; the
/// seconds are those of the recording, the beats those of the score.
enum MusicNetPiece {
  static func read(_ file: CorpusFile) throws(CorpusExclusion) -> CorpusPiece {
    let data: Data
    do { data = try Data(contentsOf: file.url) } catch { throw .broken(error.localizedDescription) }
    let labels: [MusicNetLabels.Label]
    do throws(MusicNetLabels.Failure) { labels = try MusicNetLabels.read(data) } catch { throw .broken(error.reason) }
    let recording = file.recording
    func known(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
    let composer = known(recording?.composer)
    let notes = labels.map {
      CorpusNote(
        start: $0.start, end: $0.end, beat: $0.beat, duration: $0.duration, pitch: Int16($0.pitch),
        velocity: Int16(MusicNetLabels.velocity), instrument: Int16($0.program), part: Int16($0.program))
    }
    var piece = CorpusPiece(
      name: [file.path, known(recording?.title)].compactMap(\.self).joined(separator: " "),
      group: composer ?? file.path, source: file.source, composer: composer, genre: known(recording?.ensemble),
      notes: notes.sorted { ($0.start, $0.pitch) < ($1.start, $1.pitch) })
    piece.division = .parts("instrument")
    if recording == nil { piece.remarks.append("no row in \(MusicNetMetadata.fileName): composer unknown") }
    return piece
  }
}
