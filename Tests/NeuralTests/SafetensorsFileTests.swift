// Damaged and hostile safetensors files are refused with one sentence, never with a crash.
import Foundation
import Testing

@testable import Neural

/// A file with this header text and this many bytes of tensors.
private func file(_ header: String, bytes: Int = 0, length: UInt64? = nil) -> Data {
  let json = Data(header.utf8)
  let count = length ?? UInt64(json.count)
  return Data((0..<8).map { UInt8(truncatingIfNeeded: count >> UInt64(8 * $0)) }) + json + Data(count: bytes)
}

private func kind(_ data: Data) -> ModelError.Kind? {
  do {
    _ = try SafetensorsFile(data: data, name: "x.safetensors")
    return nil
  } catch {
    #expect(error.description.hasPrefix("x.safetensors "))
    #expect(error.description.hasSuffix("."))
    return error.kind
  }
}

struct SafetensorsFileTests {
  @Test func readsTheFilesOfAnotherWriter() throws {
    let layers = try golden("layers.safetensors")
    #expect(try layers.integers("i32", shape: [2]) == [Int(Int32.min), 7])
    #expect(try layers.integers("i64", shape: [1, 2]) == [Int.min, 7])
  }

  @Test func acceptsAnEmptyFileOfTensors() {
    #expect(kind(file("{}")) == nil)
    #expect(kind(file("{\"__metadata__\":{}}")) == nil)
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{\"x\":1}", "{\"__metadata__\":{\"a\":1}}", " {}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1,-1],\"data_offsets\":[0,4]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807],\"data_offsets\":[0,4]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
      + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775803,9223372036854775807]}}",
    "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,99999999999999999999]}}",
  ])
  func refusesMalformedHeaders(header: String) {
    let found = kind(file(header, bytes: 8))
    #expect(found == .malformed || found == .truncated)
  }

  @Test func refusesDeepNesting() {
    #expect(kind(file("{\"x\":" + String(repeating: "[", count: 100_000))) == .malformed)
  }

  @Test func refusesHugeSizes() {
    #expect(kind(file("{}", length: UInt64.max)) == .malformed)
    #expect(kind(file("{}", length: UInt64(Int64.max))) == .malformed)
    #expect(kind(file("{}", length: 99_999_999)) == .truncated)
  }

  @Test func refusesOtherTypesAndTrailingBytes() {
    let header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
    #expect(kind(file(header, bytes: 4)) == nil)
    #expect(kind(file(header, bytes: 3)) == .truncated)
    #expect(kind(file(header, bytes: 5)) == .malformed)
    #expect(kind(file(header.replacing("F32", with: "BF16"), bytes: 4)) == .unsupported)
  }

  @Test func refusesWhatIsNoFile() throws {
    for path in ["/dev/zero", "/nonexistent.safetensors", FileManager.default.temporaryDirectory.path] {
      let error = #expect(throws: ModelError.self) { try SafetensorsFile(contentsOf: URL(fileURLWithPath: path)) }
      #expect(error?.kind == .unreadable)
    }
  }

  @Test func refusesEmptyAndHugeFiles() throws {
    let folder = try ScratchFolder()
    let url = folder.file
    try Data().write(to: url)
    let empty = #expect(throws: ModelError.self) { try SafetensorsFile(contentsOf: url) }
    #expect(empty?.kind == .truncated)
    // A file with a hole takes no space on the disk.
    try #require(truncate(url.path, 1 << 40) == 0)
    let huge = #expect(throws: ModelError.self) { try SafetensorsFile(contentsOf: url) }
    #expect(huge?.kind == .unsupported)
    #expect(throws: ModelError.self) { try SafetensorsFile(contentsOf: url, mapped: true) }
  }

  @Test func checksNameShapeTypeAndValuesOfATensor() throws {
    var writer = SafetensorsWriter()
    try writer.add("x", shape: [2], [Float.nan, 1])
    try writer.add("y", shape: [2], [Float.infinity, 1], as: .float16)
    try writer.add("z", shape: [1], [Int32(1)])
    let folder = try ScratchFolder()
    let url = folder.file
    try writer.write(to: url)
    let file = try SafetensorsFile(contentsOf: url)
    func kind(_ body: () throws -> Void) -> ModelError.Kind? {
      #expect(throws: ModelError.self, performing: body)?.kind
    }
    #expect(kind { _ = try file.floats("w", shape: [2]) } == .shape)
    #expect(kind { _ = try file.floats("x", shape: [1, 2]) } == .shape)
    #expect(kind { _ = try file.floats("x", shape: [2]) } == .notFinite)
    #expect(kind { _ = try file.floats("y", shape: [2]) } == .notFinite)
    #expect(kind { _ = try file.floats("z", shape: [1]) } == .unsupported)
    #expect(kind { _ = try file.integers("x", shape: [2]) } == .unsupported)
  }
}
