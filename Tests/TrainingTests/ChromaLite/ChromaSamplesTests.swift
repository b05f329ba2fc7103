// Reading data set files, and refusing what they must not hold.
import Foundation
import Neural
import Testing

@testable import Training

@Suite struct ChromaSamplesTests {
  private func write(steps: Int, frames: [Int32], tonic: [Int32], features: [Float], to url: URL) throws {
    var writer = SafetensorsWriter()
    let count = frames.count
    try writer.add("chroma", shape: [count, steps, 3, 12], features, as: .float16)
    try writer.add("frames", shape: [count], frames)
    try writer.add("tonic", shape: [count], tonic)
    for name in ["kind", "condition", "split"] {
      try writer.add(name, shape: [count], [Int32](repeating: 1, count: count))
    }
    try writer.add("families", shape: [count], tonic.map { $0 < 0 ? Int32(0) : 5 })
    try writer.add("index", shape: [count], Array(Int64(0)..<Int64(count)))
    try writer.write(to: url)
  }

  @Test func labelsAndFeaturesComeAsTheyWereWritten() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "samples-\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: url) }
    let features = (0..<2 * 4 * 36).map { Float($0 % 64) / 16 }
    try write(steps: 4, frames: [4, 2], tonic: [7, -1], features: features, to: url)
    let samples = try ChromaSamples(contentsOf: [url, url])
    #expect(samples.labels.count == 4)
    #expect(samples.labels[0].tonic == 7)
    #expect(samples.labels[0].allowedFamilies == [.major, .harmonicMinor])
    #expect(samples.labels[0].kind == .lieder && samples.labels[0].isHard && samples.labels[0].split == .validation)
    #expect(samples.labels[1].tonic == nil && samples.labels[1].families == 0 && samples.labels[1].steps == 2)
    #expect(samples.history(0, steps: 4) == Array(features[0..<144]))
    #expect(samples.history(3, from: 1, steps: 1) == Array(features[180..<216]))
  }

  @Test func wrongFilesAreRefusedWithASentence() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "samples-\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: url) }
    let features = [Float](repeating: 1, count: 4 * 36)
    try write(steps: 4, frames: [5], tonic: [0], features: features, to: url)
    #expect(throws: (any Error).self) { try ChromaSamples(contentsOf: [url]) }
    try write(steps: 4, frames: [4], tonic: [12], features: features, to: url)
    #expect(throws: (any Error).self) { try ChromaSamples(contentsOf: [url]) }
    try write(steps: 4, frames: [4], tonic: [0], features: features.map { $0 * .nan }, to: url)
    #expect(throws: (any Error).self) { try ChromaSamples(contentsOf: [url]) }
    try Data("nothing".utf8).write(to: url)
    #expect(throws: (any Error).self) { try ChromaSamples(contentsOf: [url]) }
  }
}
