// Pieces as chords on a grid of time.

import Foundation

/// The pieces of a file such as JSB-Chorales-dataset's: a JSON object of "train", "valid" and "test", each a list of
/// pieces, each a list of frames, each a list of MIDI pitches.
struct FramePieces {
  /// Pitches of a frame, in descending order without doublings.
  typealias Frame = [Int]

  var training: [[Frame]]
  var validation: [[Frame]]
  var test: [[Frame]]

  private struct Contents: Decodable {
    var train: [[[Int]]]
    var valid: [[[Int]]]
    var test: [[[Int]]]
  }

  /// Reads a file.
  ///
  /// - Throws: `TrainingError` when it is no such file.
  init(contentsOf url: URL) throws(TrainingError) {
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw TrainingError("\(url.path) cannot be read: \(error.localizedDescription); check the path.")
    }
    guard let contents = try? JSONDecoder().decode(Contents.self, from: data) else {
      throw TrainingError(
        "\(url.path) is no file of frames; give JSON with \"train\", \"valid\" and \"test\", each a list of pieces, "
          + "each a list of frames, each a list of pitches.")
    }
    try self.init(training: contents.train, validation: contents.valid, test: contents.test, name: url.path)
  }

  /// Pieces at hand; `name` stands for their file in messages.
  init(training: [[Frame]], validation: [[Frame]], test: [[Frame]], name: String) throws(TrainingError) {
    func sorted(_ pieces: [[Frame]]) -> [[Frame]] {
      pieces.filter { !$0.isEmpty }.map { $0.map { Set($0).sorted(by: >) } }
    }
    (self.training, self.validation, self.test) = (sorted(training), sorted(validation), sorted(test))
    guard ![self.training, self.validation, self.test].contains(where: \.isEmpty) else {
      throw TrainingError("\(name) has no piece for training, validation or test; give a file with some of each.")
    }
    let pitches = [self.training, self.validation, self.test].flatMap { $0.flatMap { $0.flatMap(\.self) } }
    guard !pitches.isEmpty, pitches.allSatisfy((0...127).contains) else {
      throw TrainingError("\(name) has pitches outside 0...127, or none at all; give MIDI pitches.")
    }
  }

  private var all: [[Frame]] { training + validation + test }

  /// The lowest and the highest pitch.
  var range: ClosedRange<Int> {
    let pitches = all.flatMap { $0.flatMap(\.self) }
    return (pitches.min() ?? 0)...(pitches.max() ?? 127)
  }

  /// Notes of the fullest frame.
  var mostNotes: Int { all.flatMap(\.self).map(\.count).max() ?? 0 }
}
