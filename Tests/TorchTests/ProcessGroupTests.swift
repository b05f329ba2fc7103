// Groups of ranks: what the environment must say, and exchanges between threads that stand for processes.
import Foundation
import Testing

@testable import Torch

@Suite struct ProcessGroupTests {
  private static func environment(_ rank: Int, of size: Int, port: UInt16) -> [String: String] {
    ["RANK": "\(rank)", "WORLD_SIZE": "\(size)", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(port)"]
  }

  /// Runs `body` as each rank on a thread of its own and returns what they return, in the order of the ranks.
  private static func ranks<Value: Sendable>(
    _ size: Int, timeout: Duration = .seconds(60), _ body: @escaping @Sendable (ProcessGroup) throws -> Value
  ) throws -> [Result<Value, any Error>] {
    let port = try freePort()
    let outcomes = Outcomes<Value>(size)
    let threads = (0..<size).map { rank in
      let thread = Thread {
        outcomes.set(rank, Result {
          let place = environment(rank, of: size, port: port)
          let group = try #require(try ProcessGroup.join(environment: place, timeout: timeout))
          return try body(group)
        })
      }
      thread.start()
      return thread
    }
    withExtendedLifetime(threads) { outcomes.wait() }
    return outcomes.all
  }

  @Test func oneRankIsNoGroup() throws {
    #expect(try ProcessGroup.join(environment: [:]) == nil)
    #expect(try ProcessGroup.join(environment: ["WORLD_SIZE": "1"]) == nil)
  }

  @Test(arguments: [
    ("WORLD_SIZE", "two"), ("WORLD_SIZE", "0"), ("WORLD_SIZE", "99999"), ("RANK", "2"), ("RANK", "-1"), ("RANK", nil),
    ("MASTER_ADDR", nil), ("MASTER_ADDR", ""), ("MASTER_PORT", nil), ("MASTER_PORT", "0"), ("MASTER_PORT", "65536"),
    ("MASTER_ADDR", "no.such.machine.invalid"),
  ] as [(String, String?)])
  func aWrongVariableIsNamed(name: String, value: String?) throws {
    var environment = Self.environment(1, of: 2, port: 29500)
    environment[name] = value
    let error = #expect(throws: TorchError.self) { try ProcessGroup.join(environment: environment) }
    let sentence = error?.description ?? ""
    #expect(sentence.hasPrefix("ranks: \(name) "))
    if let value { #expect(sentence.contains("\"\(value)\"")) } else { #expect(sentence.contains("is not set")) }
  }

  @Test func aRankThatDoesNotComeIsMissed() throws {
    let port = try freePort()
    let error = #expect(throws: TorchError.self) {
      try ProcessGroup.join(environment: Self.environment(0, of: 2, port: port), timeout: .milliseconds(300))
    }
    #expect(error?.description.contains("rank 0 of 2 did not meet all the others at 127.0.0.1:\(port)") == true)
  }

  @Test func meansAreThoseOfAllRanks() throws {
    let results = try Self.ranks(3) { group in
      let rank = Float(group.rank)
      let a = try Tensor([rank, 2 * rank, 30])
      let b = try Tensor([10 - rank], shape: [1, 1])
      try group.average([a, b])
      return try a.floats() + b.floats()
    }
    for result in results { #expect(try result.get() == [1, 2, 30, 9]) }
  }

  @Test func gradientsAreAveragedAndAMissingOneIsZero() throws {
    let results = try Self.ranks(2) { group in
      let x = try Tensor([1, 2] as [Float]).requiringGradient()
      let unused = try Tensor([5] as [Float]).requiringGradient()
      try (x * Double(1 + group.rank)).sum().backward()
      if group.rank == 1 { try (unused * 4).sum().backward() }
      for _ in 0..<2 { try group.averageGradients(of: [x, unused]) }
      return try x.gradient().floats() + unused.gradient().floats() + x.floats()
    }
    for result in results { #expect(try result.get() == [1.5, 1.5, 2, 1, 2]) }
  }

  @Test func sumsBroadcastsAndGathersReachAllRanks() throws {
    let results = try Self.ranks(2) { group in
      let integers = try Tensor([Int64(7 + group.rank), 1 << 60])
      let floats = try Tensor([Float(0.1) + Float(group.rank)])
      try group.broadcast([integers, floats])
      try group.barrier()
      let sums = try group.sum([1, Double(group.rank) + 0.25])
      let gathered = try group.gather(Tensor([UInt8(group.rank), 9])).map { try $0.values(as: UInt8.self) }
      return (try integers.values(as: Int64.self), try floats.floats(), sums, gathered)
    }
    for result in results {
      let (integers, floats, sums, gathered) = try result.get()
      #expect(integers == [7, 1 << 60])
      #expect(floats == [0.1])
      #expect(sums == [2, 1.5])
      #expect(gathered == [[0, 9], [1, 9]])
    }
  }

  @Test func aLostRankIsAnErrorOnAllOthersAtOnce() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let results = try Self.ranks(3) { group in
      try group.barrier()
      // Rank 1 goes away; its connections close as those of a process that is killed do.
      if group.rank == 1 { return ["", ""] }
      var sentences: [String] = []
      for _ in 0..<2 {
        do throws(TorchError) { _ = try group.sum([1]) } catch { sentences.append(error.description) }
      }
      return sentences
    }
    for rank in [0, 2] {
      let sentences = try results[rank].get()
      #expect(sentences.count == 2)
      #expect(sentences.first?.hasPrefix("ranks: another rank was lost: ") == true)
      #expect(sentences.last == "ranks: another rank was lost before")
    }
    #expect(clock.now - start < .seconds(30))
  }

  @Test func aSilentRankIsAnErrorAfterTheTimeout() throws {
    let isOver = DispatchSemaphore(value: 0)
    let results = try Self.ranks(2, timeout: .seconds(5)) { group in
      if group.rank == 1 {
        isOver.wait()
        return ""
      }
      defer { isOver.signal() }
      do throws(TorchError) { try group.barrier() } catch { return error.description }
      return "nothing"
    }
    #expect(try results[0].get().hasPrefix("ranks: another rank was lost: "))
  }
}

/// What the threads returned.
///
/// `@unchecked Sendable`: the lock guards the results.
private final class Outcomes<Value>: @unchecked Sendable {
  private let condition = NSCondition()
  private var results: [Result<Value, any Error>?]

  init(_ count: Int) { results = Array(repeating: nil, count: count) }

  func set(_ rank: Int, _ result: Result<Value, any Error>) {
    condition.withLock {
      results[rank] = result
      condition.broadcast()
    }
  }

  func wait() {
    condition.withLock { while results.contains(where: { $0 == nil }) { condition.wait() } }
  }

  var all: [Result<Value, any Error>] { results.compactMap(\.self) }
}

/// A port of the loopback interface that was free a moment ago.
private func freePort() throws -> UInt16 {
  let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(probe) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(probe, $0, length) == 0 && getsockname(probe, $0, &length) == 0
    }
  }
  try #require(isBound)
  return UInt16(bigEndian: address.sin_port)
}
