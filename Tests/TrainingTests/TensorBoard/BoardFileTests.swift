// Event files, against bytes that Google's own tensorboard package wrote.
import Foundation
import Testing

@testable import Training

@Suite struct BoardFileTests {
  /// RecordWriter of tensorboard 2.21 with Event(wall_time=1700000000.5, file_version="brain.Event:2") and
  /// Event(wall_time=1700000001.25, step=300) of the values loss/training 2.5 and rate 0.002.
  private let golden: [UInt8] = [
    0x18, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xA3, 0x7F, 0x4B, 0x22, 0x09, 0x00, 0x00, 0x20, 0x40, 0xFC, 0x54,
    0xD9, 0x41, 0x1A, 0x0D, 0x62, 0x72, 0x61, 0x69, 0x6E, 0x2E, 0x45, 0x76, 0x65, 0x6E, 0x74, 0x3A, 0x32, 0x2B, 0x35,
    0x31, 0x10, 0x31, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x9D, 0x83, 0x83, 0xE9, 0x09, 0x00, 0x00, 0x50, 0x40,
    0xFC, 0x54, 0xD9, 0x41, 0x10, 0xAC, 0x02, 0x2A, 0x23, 0x0A, 0x14, 0x0A, 0x0D, 0x6C, 0x6F, 0x73, 0x73, 0x2F, 0x74,
    0x72, 0x61, 0x69, 0x6E, 0x69, 0x6E, 0x67, 0x15, 0x00, 0x00, 0x20, 0x40, 0x0A, 0x0B, 0x0A, 0x04, 0x72, 0x61, 0x74,
    0x65, 0x15, 0x6F, 0x12, 0x03, 0x3B, 0x88, 0xD9, 0xE8, 0xFB,
  ]

  @Test func recordsAreThoseOfTensorBoard() {
    let scalars = [(tag: "loss/training", value: 2.5), (tag: "rate", value: 0.002)]
    let events = [
      BoardEvent(time: 1_700_000_000.5, content: .version),
      BoardEvent(time: 1_700_000_001.25, step: 300, content: .scalars(scalars)),
    ]
    let bytes = events.map { RecordFrame.bytes($0.data) }.reduce(Data(), +)
    #expect([UInt8](bytes) == golden)
  }

  @Test func eachTrainingHasAFileBehindTheOthers() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "board-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try (0..<3).map { _ in try BoardFile(folder: folder) }
    let names = files.map(\.url.lastPathComponent)
    #expect(names == names.sorted())
    #expect(Set(names).count == 3)
    #expect(names.allSatisfy { $0.hasPrefix("events.out.tfevents.") })
    files[2].start(at: 200)
    files[2].start(at: 201)
    files[2].add([(tag: "rate", value: 1)], at: 201)
    let records = try records(Data(contentsOf: files[2].url))
    #expect(records.count == 3)
    // Field 7, SessionLog: status START, behind the step 200.
    #expect(records[1].suffix(7) == Data([0x10, 0xC8, 0x01, 0x3A, 0x02, 0x08, 0x01]))
    #expect(files.allSatisfy { $0.complaint == nil })
  }

  @Test func aFolderThatCannotBeIsNamed() throws {
    let error = #expect(throws: TrainingError.self) {
      try BoardFile(folder: URL(fileURLWithPath: "/dev/null/runs"))
    }
    #expect(error?.description.contains("/dev/null/runs") == true)
    #expect(error?.description.contains("--tensorboard") == true)
  }

  /// The data of all records; fails where the lengths do not fit the file.
  private func records(_ data: Data) throws -> [Data] {
    var rest = data
    var records: [Data] = []
    while !rest.isEmpty {
      let length = Int(rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
      try #require(rest.count >= length + 16)
      records.append(Data(rest.dropFirst(12).prefix(length)))
      rest = Data(rest.dropFirst(length + 16))
    }
    return records
  }
}
