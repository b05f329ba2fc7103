// A checkpoint that cannot be written leaves the one before it, and the training goes on.
import Foundation
import Improviser
import Testing
import Torch

@testable import Training

/// Each test runs in a process of its own, for which no file may grow beyond a limit.
@Suite struct FullDiskTests {
  @Test func theLastGoodCheckpointStays() async {
    await #expect(processExitsWith: .success) {
      let folder = FileManager.default.temporaryDirectory.appending(path: "full-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let url = folder.appending(path: "x.checkpoint.pt")
      var options = NoteTrainingOptions()
      options.model = NoteFixtures.model(.lstm)
      (options.batch, options.window, options.epochs) = (4, 16, 1)
      options.isQuiet = true
      options.checkpoint = url
      let sequences = (0..<12).map { NoteFixtures.sequence($0, notes: 40) }
      let first = try NoteTrainer(options).run(training: sequences, validation: sequences)
      let good = try Data(contentsOf: url)
      // Writing beyond the limit fails with EFBIG once the signal is ignored.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: rlim_t(good.count / 2), rlim_max: rlim_t(good.count / 2))
      try #require(setrlimit(__rlimit_resource_t(1), &limit) == 0)
      // Regular checkpoints fail with a warning.
      let second = try NoteTrainer(options).run(training: sequences, validation: sequences)
      try #require(second.history.map(\.training) == first.history.map(\.training))
      try #require(try Data(contentsOf: url) == good)
      // One that was asked for fails with a sentence.
      do {
        _ = try NoteTrainer(options).run(training: sequences, validation: sequences, isInterrupted: { true })
        exit(1)
      } catch let error as TrainingError {
        try #require(error.description.contains("cannot be written; check the folder and the free space"))
      }
      try #require(try Data(contentsOf: url) == good)
      try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.checkpoint.pt"])
    }
  }
}
