// Several processes train the same network as one, and survive the loss of another.
import Foundation
import Improviser
import Testing
import Torch

@testable import Training

extension TorchRandomTests.Notes {
  @Suite struct Ranks {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "ranks-\(UUID().uuidString)")
    private let training = (0..<20).map { NoteFixtures.sequence($0, notes: 40, scale: NoteFixtures.dDorian) }
    private let validation = (40..<45).map { NoteFixtures.sequence($0, notes: 40, scale: NoteFixtures.dDorian) }

    private var options: NoteTrainingOptions {
      var options = NoteTrainingOptions()
      options.model = NoteFixtures.model(.lstm)
      options.model.dropout = 0
      (options.batch, options.window, options.epochs) = (5, 16, 2)
      options.isQuiet = true
      return options
    }

    @Test func twoRanksComeToTheWeightsOfOne() throws {
      let alone = try NoteTrainer(options).run(training: training, validation: validation)
      let meeting = Meeting(size: 2)
      let (options, training, validation) = (options, training, validation)
      // A thread of its own, for the pool has few and this test keeps one of them waiting.
      let other = Thread {
        meeting.waitForFirst()
        let exchange = ThreadExchange(meeting, rank: 1, size: 2)
        _ = try? NoteTrainer(options, group: exchange).run(training: training, validation: validation)
      }
      other.stackSize = 8 << 20
      other.start()
      let first = ThreadExchange(meeting, rank: 0, size: 2)
      let together = try NoteTrainer(options, group: first).run(training: training, validation: validation)
      for (one, two) in zip(alone.network.parameters, together.network.parameters) {
        let difference = zip(try one.tensor.floats(), try two.tensor.floats()).map { abs($0 - $1) }.max() ?? 1
        #expect(difference < 2e-4, "\(one.name)")
      }
      for (one, two) in zip(alone.history, together.history) {
        #expect(abs(one.training.total - two.training.total) < 1e-3)
        #expect(abs(one.validation.total - two.validation.total) < 1e-3)
        #expect(one.training.notes == two.training.notes)
        #expect(one.validation.notes == two.validation.notes)
      }
    }

    @Test(arguments: [0, 1]) func aLostRankLeavesACheckpointAndASentence(rank: Int) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      var options = options
      options.checkpoint = folder.appending(path: "x.checkpoint.pt")
      let lost = #expect(throws: TrainingError.self) {
        try NoteTrainer(options, group: LonelyExchange(rank: rank, size: 2, calls: 20)).run(
          training: training, validation: validation)
      }
      let name = rank == 0 ? "x.checkpoint.pt" : "x.checkpoint.rank1.pt"
      #expect(lost?.description.contains("Rank \(rank) of 2 lost another rank in pass 1") == true)
      #expect(lost?.description.contains("wrote \(name); start all ranks again with --resume") == true)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
      options.checkpoint = folder.appending(path: name)
      options.resumes = true
      let resumed = try NoteTrainer(options).run(training: training, validation: validation)
      #expect(resumed.history.count == 2)
    }

    @Test func moreRanksThanRowsAreRefused() throws {
      let error = #expect(throws: TrainingError.self) {
        try NoteTrainer(options, group: LonelyExchange(rank: 0, size: 6)).run(
          training: training, validation: validation)
      }
      #expect(error?.description.hasPrefix("6 processes cannot share 5 rows") == true)
    }

    @Test func rowsAreDividedAndJoinedAgain() throws {
      let ranks = TrainingRanks(LonelyExchange(rank: 1, size: 3))
      #expect((0..<3).flatMap { ranks.rows(of: 7, rank: $0) } == Array(0..<7))
      let own = try Tensor([Float(1), 2], shape: [2, 1])
      #expect(try ranks.placeRows(own, of: 7).floats() == [0, 0, 1, 2, 0, 0, 0])
      #expect(try ranks.gatherRows(own, of: 7).shape == [7, 1])
    }
  }
}
