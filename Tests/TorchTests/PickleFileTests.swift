// Files of named tensors: round trip, the layout that torch.load expects, and refusals.
import Foundation
import Testing
import Torch

@Suite struct PickleFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "pickle-\(UUID().uuidString)")

  @Test func roundTrip() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "tensors.pt")
    try PickleFile.write(
      ["x": Tensor([1, 2, 3, 4] as [Float], shape: [1, 2, 2]), "label": Tensor([7] as [Int64])], to: url)
    let read = try PickleFile.read(url)
    #expect(Set(read.keys) == ["x", "label"])
    #expect(try read["x"]?.floats() == [1, 2, 3, 4])
    #expect(read["x"]?.shape == [1, 2, 2])
    #expect(try read["label"]?.values(as: Int64.self) == [7])
    // A zip archive with a pickle inside is what torch.load opens.
    let bytes = try Data(contentsOf: url)
    #expect(bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
    #expect(bytes.range(of: Data("data.pkl".utf8)) != nil)
    // Python's torch.load refuses libtorch's own type tags unless it is told to trust the file.
    #expect(bytes.range(of: Data("torch.jit".utf8)) == nil)
  }

  @Test func refusalsNameTheFile() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let missing = folder.appending(path: "missing.pt")
    let error = #expect(throws: TorchError.self) { try PickleFile.read(missing) }
    #expect(try #require(error).description.contains("missing.pt"))
    let wrong = folder.appending(path: "wrong.pt")
    try Data("no archive at all".utf8).write(to: wrong)
    #expect(throws: TorchError.self) { try PickleFile.read(wrong) }
    #expect(throws: TorchError.self) { try PickleFile.write([:], to: folder.appending(path: "no/such/folder.pt")) }
  }
}
