// Writes samples as lines of comma-separated values.
import Foundation
import Music

/// The CSV form of a data set: label, length and mean chroma (three bands summed) of each sample, one line each.
final class TableWriter: SampleSink {
  static let header =
    "index,kind,split,condition,tonic,families,name,frames," + (0..<12).map { "chroma\($0)" }.joined(separator: ",")
  private let url: URL
  private let partial: URL
  private let file: FileHandle
  private var isFinished = false

  init(to url: URL) throws {
    self.url = url
    partial = partialURL(for: url)
    guard FileManager.default.createFile(atPath: partial.path, contents: nil),
      let file = FileHandle(forWritingAtPath: partial.path)
    else { throw DataSetError.unwritable(path: url.path, reason: String(cString: strerror(errno))) }
    self.file = file
    try put(Self.header)
  }

  deinit {
    try? file.close()
    if !isFinished { try? FileManager.default.removeItem(at: partial) }
  }

  func write(_ example: Example, features: [Float16]) throws { try put(Self.line(example, features: features)) }

  func finish() throws {
    guard fsync(file.fileDescriptor) == 0, rename(partial.path, url.path) == 0 else {
      throw DataSetError.unwritable(path: url.path, reason: String(cString: strerror(errno)))
    }
    isFinished = true
  }

  private func put(_ line: String) throws {
    do {
      try file.write(contentsOf: Data((line + "\n").utf8))
    } catch {
      throw DataSetError.unwritable(path: url.path, reason: "no space, or the disk failed")
    }
  }

  static func line(_ example: Example, features: [Float16]) -> String {
    let families = ScaleFamily.allCases.enumerated().filter { example.families >> $0.offset & 1 == 1 }.map(\.element)
    let name = families.first.map { Scale(tonic: PitchClass(wrapping: example.tonic), family: $0).name } ?? "no scale"
    var mean = [Float](repeating: 0, count: 12)
    for place in 0..<example.frames * DataSetShape.bands * 12 where place < features.count {
      mean[place % 12] += Float(features[place]) / Float(example.frames)
    }
    let condition = example.condition == .clean ? "clean" : "hard"
    let tonic = example.tonic < 0 ? "" : String(example.tonic)
    let label = families.map(\.rawValue).joined(separator: "|")
    let (index, kind, split) = ("\(example.index)", "\(example.kind)", example.split.rawValue)
    let fields = [index, kind, split, condition, tonic, label, name, "\(example.frames)"]
    return (fields + mean.map { String(format: "%.5f", $0) }).joined(separator: ",")
  }
}
