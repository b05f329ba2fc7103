// Files that are written are read back, and are valid for other readers.
import Foundation
import Testing

@testable import Neural

struct SafetensorsWriterTests {
  @Test func everyTypeReturns() throws {
    var writer = SafetensorsWriter(metadata: ["architecture": "test", "data": "é \"quoted\"/slash\n"])
    try writer.add("f32", shape: [2, 2], [1, -2.5, .greatestFiniteMagnitude, .leastNonzeroMagnitude])
    try writer.add("f16", shape: [3], [1, 0.1, -65504], as: .float16)
    try writer.add("i32", shape: [2], [Int32.min, 5])
    try writer.add("i64", shape: [1, 1], [Int64.max])
    try writer.add("empty", shape: [0, 4], [Float]())
    try writer.add("scalar", shape: [], [Float(3)])
    let folder = try ScratchFolder()
    let url = folder.file
    try writer.write(to: url)
    let file = try SafetensorsFile(contentsOf: url)
    #expect(file.metadata["data"] == "é \"quoted\"/slash\n")
    #expect(try file.floats("f32", shape: [2, 2]) == [1, -2.5, .greatestFiniteMagnitude, .leastNonzeroMagnitude])
    #expect(try file.floats("f16", shape: [3]) == [1, Float(Float16(0.1)), -65504])
    #expect(try file.integers("i32", shape: [2]) == [Int(Int32.min), 5])
    #expect(try file.integers("i64", shape: [1, 1]) == [Int.max])
    #expect(try file.floats("empty", shape: [0, 4]) == [])
    #expect(try file.floats("scalar", shape: []) == [3])
    try file.verifyChecksum()
    // Nothing but the file is left in its folder.
    #expect(try folder.contents == ["model.safetensors"])
    // The tensors begin at a multiple of 8, for readers that map them.
    let length = try Data(contentsOf: url).prefix(8).enumerated().reduce(0) { $0 | Int($1.1) << (8 * $1.0) }
    #expect(length % 8 == 0)
  }

  @Test func checksumIsThatOfZlib() {
    var checksum = Checksum()
    Array("123456789".utf8).withUnsafeBytes { checksum.update($0) }
    #expect(checksum.text == "cbf43926")
  }

  @Test func replacesAnOldFile() throws {
    let folder = try ScratchFolder()
    let url = folder.file
    try Data("old".utf8).write(to: url)
    var writer = SafetensorsWriter()
    try writer.add("x", shape: [1], [Float(1)])
    try writer.write(to: url)
    #expect(try SafetensorsFile(contentsOf: url).floats("x", shape: [1]) == [1])
  }

  @Test func streamsTensorsInTurns() throws {
    let folder = try ScratchFolder()
    let url = folder.file
    let stream = try SafetensorsStreamWriter(
      to: url, metadata: ["rows": "2"],
      tensors: [
        TensorDeclaration(name: "history", type: .float32, shape: [2, 3]),
        TensorDeclaration(name: "label", type: .int64, shape: [2]),
      ])
    for row in 0..<2 {
      try stream.append([Float(row), 5, 6], to: "history")
      try stream.append([Int64(row + 10)], to: "label")
    }
    #expect(!FileManager.default.fileExists(atPath: url.path))
    try stream.finish()
    let file = try SafetensorsFile(contentsOf: url, mapped: true)
    #expect(try file.floats("history", shape: [2, 3]) == [0, 5, 6, 1, 5, 6])
    #expect(try file.integers("label", shape: [2]) == [10, 11])
    #expect(file.tensors.map(\.name) == ["history", "label"])
  }

  @Test func incompleteStreamLeavesNothing() throws {
    let folder = try ScratchFolder()
    let url = folder.file
    let declarations = [TensorDeclaration(name: "x", type: .float32, shape: [2])]
    do {
      let stream = try SafetensorsStreamWriter(to: url, metadata: [:], tensors: declarations)
      try stream.append([Float(1)], to: "x")
      #expect(throws: ModelError.self) { try stream.append([Float(1), 2], to: "x") }
      #expect(throws: ModelError.self) { try stream.append([Float(1)], to: "y") }
      #expect(throws: ModelError.self) { try stream.finish() }
    }
    #expect(try folder.contents == [])
  }

  @Test func refusesWhatCannotBeWritten() throws {
    var writer = SafetensorsWriter()
    #expect(throws: ModelError.self) { try writer.add("x", shape: [3], [Float(1)]) }
    #expect(throws: ModelError.self) { try writer.add("x", shape: [Int.max, 3], [Float(1)]) }
    #expect(throws: ModelError.self) { try writer.add("x", shape: [1], [Float(1)], as: .int64) }
    try writer.add("x", shape: [1], [Float(1)])
    let nowhere = URL(fileURLWithPath: "/nonexistent/folder/model.safetensors")
    let error = #expect(throws: ModelError.self) { try writer.write(to: nowhere) }
    #expect(error?.kind == .unwritable)
    #expect(error?.description.contains("No such file or directory") == true)
    try writer.add("x", shape: [1], [Float(2)])
    let twice = writer
    let folder = try ScratchFolder()
    let url = folder.file
    #expect(throws: ModelError.self) { try twice.write(to: url) }
  }

}
