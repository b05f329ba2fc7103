// Folk tunes in ABC notation, labelled by their key field.

public import Foundation
import MIDI
import Music

/// Reads a folder of .abc files; Debian's `abc2midi` turns the notation into notes.
public struct FolkTunes: Sendable {
  /// The name of the source in `LabelledPiece`.
  public static let source = "folk-abc"
  /// Tunes of fewer notes say too little about a scale.
  private static let fewestNotes = 16

  let folder: MusicFolder
  private let converter: ExternalProgram

  /// The tunes of `folder` and its subfolders.
  ///
  /// - Throws: `SourceError` when the folder or `abc2midi` is missing.
  public init(folder: URL) throws(SourceError) {
    self.folder = try MusicFolder(folder)
    converter = try ExternalProgram("abc2midi", package: "abcmidi")
  }

  /// Reads all tunes. Tunes without a certain key, with a change of key, or that `abc2midi` cannot play are counted
  /// and left out.
  ///
  /// - Parameter progress: called after each file with the number done and the number of all.
  public func read(
    progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws(SourceError) -> (pieces: [LabelledPiece], report: SourceReport) {
    let files = try folder.files(["abc"])
    var report = SourceReport(source: Self.source)
    var pieces: [LabelledPiece] = []
    var titles: [String] = []
    for (done, file) in files.enumerated() {
      guard let text = Self.text(of: folder.url.appending(path: file)) else {
        report.leaveOut("in files that cannot be read")
        continue
      }
      let tunes = ABCTune.tunes(in: text)
      for (number, (tune, notes)) in zip(tunes, try notes(of: tunes)).enumerated() {
        let name = "\(file)#\(number + 1) \(tune.title)"
        switch Self.label(tune, notes: notes) {
        case .failure(let reason):
          report.leaveOut(reason.text)
        case .success(let label):
          report.keep()
          titles.append(tune.title)
          pieces.append(
            LabelledPiece(
              source: Self.source, name: name, group: name, notes: notes, tonic: label.tonic,
              families: label.families))
        }
      }
      progress(done + 1, files.count)
    }
    let groups = TuneGroups.groups(titles: titles, melodies: pieces.map(\.notes))
    for index in pieces.indices { pieces[index].group = groups[index] }
    return (pieces, report)
  }

  private struct Reason: Error {
    var text: String
  }

  private static func label(
    _ tune: ABCTune, notes: [Note]
  ) -> Result<(tonic: PitchClass, families: [ScaleFamily]), Reason> {
    guard let key = tune.key.flatMap(ABCKey.init) else { return .failure(Reason(text: "without a certain key")) }
    guard !tune.changesKey else { return .failure(Reason(text: "change key")) }
    guard notes.count >= fewestNotes else {
      return .failure(Reason(text: "have fewer than \(fewestNotes) notes"))
    }
    return .success((key.tonic, families(of: key, notes: notes)))
  }

  /// The families that count as right for a tune in `key`: a minor tune whose leading note is raised throughout is
  /// harmonic minor too, and a major tune of five pitch classes is major pentatonic too.
  static func families(of key: ABCKey, notes: [Note]) -> [ScaleFamily] {
    let seconds = LabelledPiece.sounding(notes, above: key.tonic)
    switch key.family {
    case .major:
      let used = (0..<12).filter { seconds[$0] > 0 }
      return used == ScaleFamily.majorPentatonic.intervals ? [.major, .majorPentatonic] : [.major]
    case .naturalMinor:
      let raisesSeventh = seconds[11] > 0 && seconds[11] >= 3 * seconds[10]
      let raisesSixth = seconds[9] > seconds[8]
      if !raisesSeventh { return [.naturalMinor] }
      return [.naturalMinor, .harmonicMinor] + (raisesSixth ? [.melodicMinor] : [])
    default:
      return [key.family]
    }
  }

  /// The notes of each tune, none where `abc2midi` made nothing of it.
  func notes(of tunes: [ABCTune]) throws(SourceError) -> [[Note]] {
    try converted(tunes).map { $0?.notes() ?? [] }
  }

  /// Each tune as a Standard MIDI File; nil where `abc2midi` made nothing of it. Any number of threads may call this.
  func converted(_ tunes: [ABCTune]) throws(SourceError) -> [StandardMIDIFile?] {
    let work = FileManager.default.temporaryDirectory.appending(path: "antiphon-abc-\(UUID().uuidString)")
    // The numbering is our own: books repeat numbers, and the converter names its files by them.
    let text = tunes.enumerated().map { $1.text(numbered: $0 + 1) }.joined()
    defer { try? FileManager.default.removeItem(at: work) }
    do {
      try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: work.appending(path: "t.abc"))
    } catch {
      throw SourceError.unreadable(file: work.path, reason: error.localizedDescription)
    }
    // Without the accompaniment that guitar chords would bring: in these books the quotes hold fingerings as well.
    _ = try converter.run(["t.abc", "-quiet", "-silent", "-NGUI"], in: work)
    return tunes.indices.map { try? StandardMIDIFile(contentsOf: work.appending(path: "t\($0 + 1).mid")) }
  }

  /// The text of a file, in UTF-8 or else in ISO Latin 1.
  static func text(of url: URL) -> String? {
    guard let data = try? Data(contentsOf: url) else { return nil }
    return String(data: data, encoding: .utf8) ?? String(data: data, encoding: .isoLatin1)
  }
}
