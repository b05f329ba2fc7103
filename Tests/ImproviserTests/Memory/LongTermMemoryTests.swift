// The long-term memory: the same predictions from a file, a bounded size, and files that are damaged.
import Foundation
import Neural
import Testing

@testable import Improviser

@Suite struct LongTermMemoryTests {
  private func builder() -> LongTermMemoryBuilder {
    let builder = LongTermMemoryBuilder()
    for start in 50..<60 {
      builder.add(melody((0..<40).map { start + [0, 2, 4, 5, 7, 5, 4, 2][$0 % 8] }), transpositions: [-1, 0, 1])
    }
    return builder
  }

  private func file(
    _ change: (inout [String: [Int32]], inout [String: [Int64]]) -> Void = { _, _ in }
  ) throws -> SafetensorsFile {
    let memory = builder().finish()
    var short: [String: [Int32]] = [:]
    var long: [String: [Int64]] = [:]
    for view in LongTermMemory.views {
      let table = try #require(memory.table(view))
      long["memory.\(view.name).contexts"] = table.keys.map { Int64(bitPattern: $0) }
      short["memory.\(view.name).starts"] = table.starts
      short["memory.\(view.name).symbols"] = table.entries.map { Int32(bitPattern: $0) }
    }
    change(&short, &long)
    var writer = SafetensorsWriter()
    for (name, values) in short { try writer.add(name, shape: [values.count], values) }
    for (name, values) in long { try writer.add(name, shape: [values.count], values) }
    return try read(writer)
  }

  private func read(_ writer: SafetensorsWriter) throws -> SafetensorsFile {
    let url = FileManager.default.temporaryDirectory.appending(path: "memory-\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: url) }
    try writer.write(to: url)
    return try SafetensorsFile(contentsOf: url)
  }

  @Test func aFilePredictsAsWhatWasWritten() throws {
    let memory = builder().finish()
    var writer = SafetensorsWriter()
    try memory.write(to: &writer)
    let again = try #require(try LongTermMemory(read(writer)))
    for view in LongTermMemory.views { #expect(again.table(view) == memory.table(view)) }
    #expect(again.byteCount == memory.byteCount)
    #expect(again.table(.velocity) == nil)
  }

  @Test func aTablePredictsAsItsModel() {
    let model = NGramModel(symbolCount: 20, order: 4)
    var generator = SeededGenerator(seed: 4)
    let end = model.learn((0..<3000).map { _ in Int(generator.uniform() * generator.uniform() * 20) })
    let table = NGramTable(model, fewest: 1)
    for order in 0...4 {
      let values = filled(20) { table.predict(in: end, upTo: order, into: $0) }
      #expect(values == model.distribution(in: end, upTo: order))
    }
  }

  @Test(arguments: [100_000, 20_000, 9_000])
  func theMemoryFitsIntoItsBytes(_ bytes: Int) throws {
    let builder = LongTermMemoryBuilder()
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<40 { builder.add(melody((0..<100).map { _ in 50 + Int(generator.uniform() * 20) })) }
    let memory = builder.finish(bytes: bytes)
    #expect(memory.byteCount <= bytes)
    let table = try #require(memory.table(.pitch))
    #expect(isNormalised(filled(128) { table.predict(in: context([60, 62, 1]), into: $0) }))
  }

  @Test func anEmptyCorpusExpectsEverythingAlike() throws {
    let memory = LongTermMemoryBuilder().finish()
    var writer = SafetensorsWriter()
    try memory.write(to: &writer)
    let again = try #require(try LongTermMemory(read(writer)))
    let table = try #require(again.table(.pitch))
    #expect(filled(128) { table.predict(in: context([60]), into: $0) } == [Float](repeating: 1 / 128, count: 128))
  }

  @Test func aFileWithoutMemoryHasNone() throws {
    var writer = SafetensorsWriter()
    try writer.add("a", shape: [1], [Float(1)])
    #expect(try LongTermMemory(read(writer)) == nil)
  }

  @Test func damageIsToldInASentence() throws {
    typealias Change = (inout [String: [Int32]], inout [String: [Int64]]) -> Void
    let changes: [(String, Change)] = [
      ("has no tensor \"memory.leap.starts\"", { short, _ in short["memory.leap.starts"] = nil }),
      ("has no tensor \"memory.pitch.contexts\"", { _, long in long["memory.pitch.contexts"] = nil }),
      ("out of order in tensor \"memory.pitch.contexts\"", { _, long in long["memory.pitch.contexts"]?.swapAt(1, 2) }),
      ("out of order in tensor \"memory.interval.contexts\"", { _, long in long["memory.interval.contexts"]?[0] = -1 }),
      ("out of bounds in tensor \"memory.pitch.starts\"", { short, _ in short["memory.pitch.starts"]?[1] = 1 << 30 }),
      ("out of bounds in tensor \"memory.pitch.starts\"", { short, _ in short["memory.pitch.starts"]?[0] = -4 }),
      ("instead of", { short, _ in short["memory.pitch.starts"]?.append(5) }),
      ("out of bounds in tensor \"memory.pitch.symbols\"", { short, _ in short["memory.pitch.symbols"]?[0] = 60 }),
      ("out of bounds in tensor \"memory.interval.symbols\"", { short, _ in short["memory.interval.symbols"]?[0] = 511
      }),
      ("out of bounds in tensor \"memory.leap.symbols\"", { short, _ in short["memory.leap.symbols"]?[0] = -256 }),
    ]
    for (sentence, change) in changes {
      let file = try file(change)
      #expect { try LongTermMemory(file) } throws: { "\($0)".contains(sentence) }
    }
    #expect(try LongTermMemory(file()) != nil)
  }
}
