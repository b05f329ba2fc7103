// The comparison of models as files.

public import Foundation
import Improviser

extension ModelComparison {
  /// Writes comparison.csv, and for each model that predicts pitches the confusions of pitches and of pitch classes as
  /// tables and pictures, and for each with attention where its layers looked.
  ///
  /// - Returns: what could not be drawn, in sentences.
  /// - Throws: `PictureError` when a table cannot be written.
  public func write(to folder: URL) throws(PictureError) -> [String] {
    let table = folder.appending(path: "comparison.csv")
    do { try Data(csv.utf8).write(to: table, options: .atomic) } catch {
      throw PictureError(
        description:
          "\(table.path) cannot be written (\(error.localizedDescription)); check the folder and the free space.")
    }
    var complaints: [String] = []
    let width = NoteVocabulary.pitchCount
    for (model, counts) in confusions.sorted(by: { $0.key < $1.key }) {
      let rows = stride(from: 0, to: counts.count, by: width).map { Array(counts[$0..<$0 + width]) }
      let pitches = ConfusionMatrix.pitches(rows, title: "\(model): the pitch that came, and the one foreseen")
      let classes = ConfusionMatrix.pitchClasses(rows, title: "\(model): pitch classes")
      complaints += try pitches.write(to: folder.appending(path: model + "-pitches"))
      complaints += try classes.write(to: folder.appending(path: model + "-pitch-classes"))
    }
    for (model, maps) in attention {
      for (layer, map) in maps.enumerated() {
        complaints += try map.write(to: folder.appending(path: "\(model)-attention-\(layer + 1)"))
      }
    }
    return Array(Set(complaints)).sorted()
  }
}
