// Folk tunes in quarters, for the note models.

import Foundation
import Music

extension FolkTunes {
  /// A tune as it is written: notes in quarters, without ornaments.
  struct Score {
    var name: String
    var group: String
    var notes: [Note]
    /// Nil when the key field names no certain scale or the key changes.
    var scale: Scale?
  }

  /// Reads all tunes of at least `fewest` notes; the others are counted and left out.
  ///
  /// - Parameter progress: called after each file with the number done and the number of all.
  func scores(
    fewest: Int, progress: (_ done: Int, _ of: Int) throws -> Void
  ) throws -> (scores: [Score], report: SourceReport) {
    let files = try folder.files(["abc"])
    var report = SourceReport(source: folder.url.lastPathComponent)
    var scores: [Score] = []
    var titles: [String] = []
    for (done, file) in files.enumerated() {
      guard let text = Self.text(of: folder.url.appending(path: file)) else {
        report.leaveOut("in files that cannot be read")
        continue
      }
      let tunes = ABCTune.tunes(in: text)
      for (number, (tune, notes)) in zip(tunes, try notes(of: tunes.map(\.plain))).enumerated() {
        guard notes.count >= fewest else {
          report.leaveOut("have fewer than \(fewest) notes")
          continue
        }
        report.keep()
        titles.append(tune.title)
        let name = "\(file)#\(number + 1) \(tune.title)"
        // The plain tune goes at 120 quarters a minute throughout.
        let quarters = notes.map {
          Note(pitch: $0.pitch, velocity: $0.velocity, onset: $0.onset * 2, duration: $0.duration * 2)
        }
        scores.append(Score(name: name, group: name, notes: quarters, scale: Self.scale(of: tune, notes: notes)))
      }
      try progress(done + 1, files.count)
    }
    let groups = TuneGroups.groups(titles: titles, melodies: scores.map(\.notes))
    for index in scores.indices { scores[index].group = groups[index] }
    return (scores, report)
  }

  private static func scale(of tune: ABCTune, notes: [Note]) -> Scale? {
    guard !tune.changesKey, let key = tune.key.flatMap(ABCKey.init) else { return nil }
    return Scale.best(tonic: key.tonic, of: families(of: key, notes: notes), for: notes)
  }
}

extension Scale {
  /// Of the families on a tonic, the one whose notes sound longest in a piece; the earlier of two that are equal.
  static func best(tonic: PitchClass, of families: [ScaleFamily], for notes: [Note]) -> Scale? {
    let sounding = LabelledPiece.sounding(notes, above: tonic)
    func coverage(_ family: ScaleFamily) -> Double { family.intervals.reduce(0) { $0 + sounding[$1] } }
    var best: ScaleFamily?
    for family in families where best.map({ coverage(family) > coverage($0) + 1e-9 }) ?? true { best = family }
    return best.map { Scale(tonic: tonic, family: $0) }
  }
}
