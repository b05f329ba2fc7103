// Tests of finding the labels of a recording.
import Foundation
import Testing

@testable import Training

@Suite struct MusicNetRecordingTests {
  @Test func labelsStandBesideTheRecordings() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "musicnet-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for part in ["train_labels", "test_labels"] {
      try FileManager.default.createDirectory(at: folder.appending(path: part), withIntermediateDirectories: true)
    }
    try Data("start_time".utf8).write(to: folder.appending(path: "test_labels/1759.csv"))
    let found = MusicNetRecording.labels(of: folder.appending(path: "test_data/1759.wav"))
    #expect(found?.path == folder.appending(path: "test_labels/1759.csv").path)
    #expect(MusicNetRecording.labels(of: folder.appending(path: "train_data/1759.wav")) == nil)
  }
}
