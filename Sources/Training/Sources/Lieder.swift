// Songs with piano, labelled by rule from their key signature and last bass note.

public import Foundation
import Music

/// Reads a folder of scores in MusicXML with one folder for each composer, such as the OpenScore Lieder Corpus.
public struct Lieder {
  /// The name of the source in `LabelledPiece`.
  public static let source = "openscore-lieder"

  private let folder: MusicFolder

  /// The songs of `folder`; where it has a folder "scores", of that.
  ///
  /// - Throws: `SourceError.missingFolder` when the folder is missing.
  public init(folder: URL) throws(SourceError) {
    let outer = try MusicFolder(folder)
    let inner = try? MusicFolder(folder.appending(path: "scores"))
    self.folder = inner ?? outer
  }

  /// Reads all songs. Songs without a certain key are counted and left out.
  ///
  /// - Parameter progress: called after each file with the number done and the number of all.
  /// - Throws: `SourceError` when the folder holds no scores.
  public func read(
    progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws(SourceError) -> (pieces: [LabelledPiece], report: SourceReport) {
    let files = try folder.files(["mxl", "musicxml", "xml"])
    var report = SourceReport(source: Self.source)
    var pieces: [LabelledPiece] = []
    for (done, file) in files.enumerated() {
      defer { progress(done + 1, files.count) }
      let score: MusicXMLScore
      do throws(SourceError) {
        score = try MusicXMLScore(contentsOf: folder.url.appending(path: file))
      } catch {
        report.leaveOut("cannot be read")
        continue
      }
      switch SignatureRule.label(score) {
      case .failure(let reason):
        report.leaveOut(reason.rawValue)
      case .success(let label):
        report.keep()
        let composer = file.split(separator: "/").first.map(String.init) ?? file
        pieces.append(
          LabelledPiece(
            source: Self.source, name: file, group: composer, notes: score.notes, tonic: label.tonic,
            families: label.families))
      }
    }
    return (pieces, report)
  }
}
