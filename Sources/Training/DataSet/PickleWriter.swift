// Writes each sample as a file for Python's torch.load.
import Foundation
import Torch

/// The `.pt` form of a data set: a folder of files NNNNNNNN.pt, each a dictionary of "chroma" Float [1, 12, frames]
/// (the three bands summed) and "label" Int64 [1] (`Example.label`).
final class PickleWriter: SampleSink {
  private let folder: URL
  private let partial: URL
  private var isFinished = false

  init(to folder: URL) throws {
    self.folder = folder
    partial = partialURL(for: folder)
    guard !FileManager.default.fileExists(atPath: folder.path) else {
      throw DataSetError.unwritable(path: folder.path, reason: "the folder exists already and is not overwritten")
    }
    guard mkdir(partial.path, 0o755) == 0 else {
      throw DataSetError.unwritable(path: folder.path, reason: String(cString: strerror(errno)))
    }
  }

  deinit {
    if !isFinished { try? FileManager.default.removeItem(at: partial) }
  }

  func write(_ example: Example, features: [Float16]) throws {
    let frames = example.frames
    var summed = [Float](repeating: 0, count: 12 * frames)
    for place in 0..<frames * DataSetShape.bands * 12 {
      summed[place % 12 * frames + place / (DataSetShape.bands * 12)] += Float(features[place])
    }
    let tensors = [
      "chroma": try Tensor(summed, shape: [1, 12, frames]), "label": try Tensor([Int64(example.label)], shape: [1]),
    ]
    try PickleFile.write(tensors, to: partial.appending(path: String(format: "%08d.pt", example.index)))
  }

  func finish() throws {
    guard rename(partial.path, folder.path) == 0 else {
      throw DataSetError.unwritable(path: folder.path, reason: String(cString: strerror(errno)))
    }
    isFinished = true
  }
}
