// Model files that must be refused, each with one sentence and a remedy.
import Foundation
import Neural
import Testing

@testable import Improviser

struct NoteModelBadFileTests {
  private func error(_ change: (inout NoteModelFixture) -> Void) throws -> ModelError {
    var fixture = try NoteModelFixture()
    change(&fixture)
    let file = try fixture.file()
    let error = try #require(throws: ModelError.self) { try NoteModel(file) }
    #expect(error.description.hasPrefix("notes.safetensors "))
    #expect(error.description.contains("antiphon-train notes train"))
    return error
  }

  @Test(arguments: [
    ("architecture", "chromalite", "holds a model of kind"), ("version", "2", "version \"2\""),
    ("ticks_per_beat", "48", "counts \"48\" ticks"), ("times", "[0,1,2]", "\"times\""), ("times", "[", "\"times\""),
    ("shape", "{}", "\"shape\""), ("shape", "no JSON", "\"shape\""),
  ])
  func otherModelsAreRefused(key: String, value: String, says: String) throws {
    let found = try error { $0.metadata[key] = value }
    #expect(found.kind == .unsupported)
    #expect(found.problem.contains(says))
    #expect(try error { $0.metadata[key] = nil }.kind == .unsupported)
  }

  @Test(arguments: [
    ("\"hidden\": 20", "\"hidden\": 0"), ("\"layers\": 2", "\"layers\": 17"),
    ("\"velocity_hidden\": 7", "\"velocity_hidden\": -1"), ("\"embedding\": 12", "\"embedding\": 999999999"),
  ])
  func impossibleSizesAreRefused(right: String, wrong: String) throws {
    let found = try error { $0.metadata["shape"] = $0.metadata["shape"]?.replacingOccurrences(of: right, with: wrong) }
    #expect(found.kind == .unsupported)
    #expect(found.problem.contains("must lie in"))
  }

  @Test func everyTensorIsNeededInItsShapeAndFinite() throws {
    for index in try NoteModelFixture().tensors.indices {
      let name = try NoteModelFixture().tensors[index].name
      var found = try error { $0.tensors.remove(at: index) }
      #expect(found.kind == .shape && found.problem.contains("\"\(name)\""))
      found = try error { $0.tensors[index].shape = [1] + $0.tensors[index].shape }
      #expect(found.kind == .shape && found.problem.contains("\"\(name)\""))
      found = try error { $0.tensors[index].values[0] = .nan }
      #expect(found.kind == .notFinite && found.problem.contains("\"\(name)\""))
    }
  }

  @Test func otherTensorsAreRefusedExceptTheMemory() throws {
    #expect(try error { $0.tensors.append(("lstm.2.bias", [1], [0])) }.kind == .shape)
    var fixture = try NoteModelFixture()
    fixture.tensors.append(("memory.counts", [1], [0]))
    _ = try NoteModel(fixture.file())
  }

  @Test func aDamagedFileIsRefused() throws {
    let url = goldenFile("notes.safetensors")
    for count in [0, 7, 100, 5000, try Data(contentsOf: url).count - 1] {
      let data = try Data(contentsOf: url).prefix(count)
      #expect(throws: ModelError.self) { try NoteModel(SafetensorsFile(data: Data(data), name: "notes.safetensors")) }
    }
    let missing = try #require(throws: ModelError.self) { try NoteModel(contentsOf: URL(filePath: "/no/such/file")) }
    #expect(missing.description.contains("antiphon-train notes train"))
  }
}
