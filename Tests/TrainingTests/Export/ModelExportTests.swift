// Exported files: what they hold, and what is refused.
import Foundation
import Improviser
import Neural
import ScaleDetector
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct Export {
    private func folder() throws -> URL {
      let url = FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      return url
    }

    private func model(
      _ kind: NoteModelKind, conditions: [String] = [], in folder: URL
    ) throws -> (learner: any NoteLearner, url: URL) {
      try TorchRuntime.seed(7)
      var options = NoteModelOptions(kind)
      options.hidden = [16, 16]
      options.conditions = conditions
      options.heads = kind == .transformer || kind == .bidirectionalAttention ? 2 : 1
      if options.embedding > 0 { options.embedding = 12 }
      if kind == .seedLSTM { options.tokens = ["60", "62", "60.64.67"] }
      let learner = try NoteLearnerFactory.make(options)
      let url = folder.appending(path: kind.rawValue + ".safetensors")
      try NoteLearnerFile.write(learner, memory: nil, notes: ["licence": "CC0-1.0"], as: .float32, to: url)
      return (learner, url)
    }

    @Test(arguments: NoteModelKind.allCases) func theGraphOfEveryKindIsConnectedAndUsesEveryWeight(
      kind: NoteModelKind
    ) throws {
      let folder = try folder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let (learner, url) = try model(kind, conditions: ["a", "b"], in: folder)
      let graph = try ModelContents.read(url).contents.graph()
      #expect(Set(graph.parameters.map(\.name)) == Set(learner.parameters.map(\.name)))
      // Every input of a node is made before it, once.
      var known = Set(graph.inputs.map(\.name) + graph.initializers.map(\.name))
      #expect(known.count == graph.inputs.count + graph.initializers.count)
      for node in graph.nodes {
        for input in node.inputs where !input.isEmpty { #expect(known.contains(input), "\(node.type): \(input)") }
        for output in node.outputs { #expect(known.insert(output).inserted, "\(output) is made twice") }
      }
      #expect(graph.outputs.allSatisfy { known.contains($0.name) })
      #expect(try graph.states.count == learner.start(rows: 1).count)
    }

    @Test(arguments: NoteModelKind.allCases, ExportFormat.allCases) func everyKindIsWrittenInEveryFormat(
      kind: NoteModelKind, format: ExportFormat
    ) throws {
      let folder = try folder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let (_, url) = try model(kind, in: folder)
      let target = folder.appending(path: "out." + format.rawValue)
      try ModelExport(model: url, format: format).write(to: target)
      let size = try Data(contentsOf: target).count
      #expect(size > 1000)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names == [url.lastPathComponent, target.lastPathComponent].sorted())
    }

    @Test func theModelOfPatternsIsListedAndWrittenInEveryFormat() throws {
      let folder = try folder()
      defer { try? FileManager.default.removeItem(at: folder) }
      try TorchRuntime.seed(7)
      let network = try ThesaurusNetwork(latent: 12, hidden: 20)
      let url = folder.appending(path: "patterns.safetensors")
      try ThesaurusModelFile.write(network, notes: ["licence": "CC0-1.0"], to: url)
      let described = ModelDescription(url)
      #expect(described.problem == nil && described.parameters == network.parameterCount)
      let graph = try ModelContents.read(url).contents.graph()
      #expect(Set(graph.parameters.map(\.name)) == Set(network.parameters.map(\.name)))
      #expect(graph.inputs.map(\.name) == ["pattern", "latent"])
      #expect(graph.outputs.map(\.name) == ["mean", "log_variance", "logits"])
      for format in ExportFormat.allCases {
        let target = folder.appending(path: "out." + format.rawValue)
        try ModelExport(model: url, format: format).write(to: target)
        #expect(try Data(contentsOf: target).count > 4 * network.parameterCount)
      }
      let again = try ThesaurusModel(contentsOf: folder.appending(path: "out.safetensors"))
      #expect(again.latent == 12 && again.metadata["licence"] == "CC0-1.0")
    }

    @Test func theConditionIsInTheFileThatTheDaemonLoads() throws {
      let folder = try folder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let (learner, url) = try model(.lstm, conditions: ["Bach", "Clara Schumann"], in: folder)
      let target = folder.appending(path: "schumann.safetensors")
      try ModelExport(model: url, format: .safetensors, condition: "Clara Schumann").write(to: target)
      let shipped = try NoteModel(contentsOf: target)
      #expect(shipped.shape.hidden == 16)
      let table = try #require(learner.parameters.first { $0.name == "embedding.condition" }).tensor.floats()
      let pitch = try #require(learner.parameters.first { $0.name == "embedding.pitch" }).tensor
      let baked = try SafetensorsFile(contentsOf: target).floats("embedding.pitch", shape: pitch.shape)
      let before = try pitch.floats()
      for index in [0, 5, 12 * 128 + 11] {
        #expect(abs(baked[index] - before[index] - table[2 * 12 + index % 12]) < 1e-6)
      }
    }

    @Test func whatCannotBeExportedIsSaidInASentence() throws {
      let folder = try folder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let (_, lstm) = try model(.lstm, in: folder)
      let (_, regression) = try model(.regression, in: folder)
      func complaint(_ body: () throws -> Void) -> String {
        do { try body() } catch { return "\(error)" }
        return ""
      }
      #expect(complaint { _ = try ModelExport(model: lstm, format: .onnx, isHalf: true) }.contains("--half"))
      #expect(
        complaint { _ = try ModelExport(model: lstm, format: .safetensors, condition: "Bach") }.contains("\"Bach\""))
      #expect(
        complaint { _ = try ModelExport(model: regression, format: .onnx, condition: "Bach") }.contains("regression"))
      #expect(complaint { _ = try ModelExport(model: folder, format: .onnx) }.contains("not a regular file"))
      for format in ExportFormat.allCases {
        let export = try ModelExport(model: lstm, format: format)
        #expect(complaint { try export.write(to: folder) }.contains("is no regular file"))
        let missing = folder.appending(path: "none/x." + format.rawValue)
        #expect(complaint { try export.write(to: missing) }.contains("No such file or directory"))
      }
    }

    @Test func brokenFilesAreListedWithTheirReason() throws {
      let folder = try folder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let (learner, url) = try model(.lstm, in: folder)
      try Data("no model".utf8).write(to: folder.appending(path: "broken.safetensors"))
      try Data("# Card\n".utf8).write(to: folder.appending(path: "lstm.md"))
      let models = try ModelDescription.list([folder, folder])
      #expect(models.map(\.name) == ["broken", "lstm"])
      #expect(models[0].problem?.contains("too few") == true)
      #expect(models[1].problem == nil && models[1].parameters == learner.parameterCount)
      #expect(models[1].architecture == "note-lstm" && models[1].licence == "CC0-1.0")
      #expect(try ModelDescription.card(url) == "# Card\n")
    }
  }
}
