// Model files that are wrong in any way are refused with one sentence and a remedy.
import Foundation
import Music
import Neural
import Testing

@testable import ScaleDetector

/// The error of loading a model, nil when it loads.
private func fault(_ data: Data) -> ModelError? {
  do {
    _ = try ChromaLite(data: data)
    return nil
  } catch {
    return error
  }
}

struct ChromaLiteBadModelTests {
  @Test func theFixtureItselfLoads() throws {
    #expect(fault(try ModelFixture().data()) == nil)
    #expect(throws: Never.self) { try ChromaLite(contentsOf: goldenFile("chromalite-3.safetensors")) }
  }

  @Test(arguments: [
    ("architecture", "lstm"), ("version", "2"), ("bands", "2"), ("bands", "4"), ("bands", "1"), ("hidden", "0"),
    ("hidden", "2"), ("hidden", "-1"), ("hidden", "99999999999999999999"), ("mixing", "9223372036854775807"),
    ("mixing", ""), ("families", ""), ("families", "major,major"), ("families", "major,klezmer"),
    ("families", "dorian,major"), ("none", "false"), ("none", "yes"), ("temperature", "0"), ("temperature", "nan"),
    ("temperature", "-1"), ("window", "0"), ("window", "1000000000"),
  ])
  func refusesAWrongDescription(key: String, value: String) throws {
    var fixture = ModelFixture()
    fixture.metadata[key] = value
    let error = try #require(fault(try fixture.data()))
    #expect(error.kind == .unsupported || error.kind == .shape)
    #expect(error.description.hasPrefix("model "))
    #expect(error.description.contains("antiphon-train scales train"))
  }

  @Test(arguments: ["architecture", "version", "bands", "hidden", "mixing", "families", "none"])
  func refusesAMissingDescription(key: String) throws {
    var fixture = ModelFixture()
    fixture.metadata[key] = nil
    #expect(fault(try fixture.data())?.kind == .unsupported)
  }

  @Test func windowAndTemperatureHaveDefaults() throws {
    var fixture = ModelFixture()
    fixture.metadata["window"] = nil
    let model = try ChromaLite(data: fixture.data())
    #expect(model.window == 161)
    #expect(model.temperature == 1)
  }

  @Test func refusesMissingExtraMisshapenAndInfiniteTensors() throws {
    for index in ModelFixture().tensors.indices {
      var missing = ModelFixture()
      missing.tensors.remove(at: index)
      #expect(fault(try missing.data())?.kind == .shape)
      var misshapen = ModelFixture()
      misshapen.tensors[index].shape.append(1)
      #expect(fault(try misshapen.data())?.kind == .shape)
      for value in [Float.nan, .infinity, -.infinity] {
        var infinite = ModelFixture()
        infinite.tensors[index].values[infinite.tensors[index].values.count - 1] = value
        #expect(fault(try infinite.data())?.kind == .notFinite)
      }
    }
    var extra = ModelFixture()
    extra.tensors.append(("c.weight", [1], [0]))
    #expect(fault(try extra.data())?.kind == .shape)
  }

  @Test func refusesEveryTruncation() throws {
    let whole = try ModelFixture().data()
    for count in 0..<whole.count {
      #expect(throws: ModelError.self, "\(count) bytes") {
        try ChromaLite(data: whole.prefix(count))
      }
    }
    #expect(throws: ModelError.self) { try ChromaLite(data: whole + Data([0])) }
  }

  @Test func refusesFlippedBytesOrLoadsTheSameModel() throws {
    let whole = try ModelFixture().data()
    let history = randomHistory(steps: 6)
    let expected = try ChromaLite(data: whole).classify(history: history)
    var generator = TestGenerator(state: 77)
    var harmless = 0
    for _ in 0..<10_000 {
      var damaged = whole
      let index = Int.random(in: 0..<whole.count, using: &generator)
      damaged[index] ^= UInt8.random(in: 1...255, using: &generator)
      // Only blanks that pad the header may change without being noticed.
      guard let model = try? ChromaLite(data: damaged) else { continue }
      harmless += 1
      #expect(model.classify(history: history) == expected, "byte \(index)")
    }
    #expect(harmless < 200)
  }

  @Test func refusesFilesOfOtherKinds() throws {
    for contents in ["", "RIFF", "MThd\0\0\0\u{6}", String(repeating: "x", count: 5000), "{\"a\": 1}"] {
      #expect(fault(Data(contents.utf8)) != nil)
    }
    for path in ["/dev/zero", "/nonexistent"] {
      let error = #expect(throws: ModelError.self) { try ChromaLite(contentsOf: URL(fileURLWithPath: path)) }
      #expect(error?.kind == .unreadable)
      #expect(error?.description.hasPrefix(path + " ") == true)
    }
  }
}
