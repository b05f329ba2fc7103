// Writes each sample as a file for Python's torch.load.
import Foundation
import Torch

/// The `.pt` form of a data set: a folder of files NNNNNNNN.pt, each a dictionary of "chroma" Float [1, 12, frames]
/// (the three bands summed) and "label" Int64 [1] (`Example.label`).
final class PickleWriter: SampleSink {
  private let folder: UnfinishedFolder

  init(to url: URL) throws { folder = try UnfinishedFolder(for: url) }

  func write(_ example: Example, features: [Float16]) throws {
    let frames = example.frames
    var summed = [Float](repeating: 0, count: 12 * frames)
    for place in 0..<frames * DataSetShape.bands * 12 {
      summed[place % 12 * frames + place / (DataSetShape.bands * 12)] += Float(features[place])
    }
    let tensors = [
      "chroma": try Tensor(summed, shape: [1, 12, frames]), "label": try Tensor([Int64(example.label)], shape: [1]),
    ]
    let url = folder.url.appending(path: String(format: "%08d.pt", example.index))
    try folder.write { try PickleFile.write(tensors, to: url) }
  }

  func finish() throws { try folder.finish() }
}
