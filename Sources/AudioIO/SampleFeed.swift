// Joins the rings of successive sessions into one stream for the ear thread.
internal import Realtime
internal import Synchronization

/// The newest sessions' rings, oldest first. Any thread may add; one thread reads.
final class SampleFeed: Sendable {
  private struct State: Sendable {
    var contexts: [ProcessContext] = []
    var epoch = 0
    var sampleRate = 0
    var isFresh = false  // nothing was read yet from the first of `contexts`
  }
  private let state = Mutex(State())

  /// Sessions whose samples may wait at once; a consumer that stalls longer loses the oldest whole.
  static let depth = 3

  /// Announces a session, before its first cycle.
  func add(_ context: ProcessContext) {
    state.withLock { state in
      if state.contexts.count == Self.depth {
        state.contexts.removeFirst()
        state.isFresh = true
      }
      if state.contexts.isEmpty { state.isFresh = true }
      state.contexts.append(context)
    }
  }

  /// Takes the next samples that belong together, from the oldest session that has any.
  func read(into buffer: UnsafeMutableBufferPointer<Float>) -> AudioBlock {
    guard let target = buffer.baseAddress else { return AudioBlock() }
    return state.withLock { state in
      while let context = state.contexts.first {
        let run = context.ring.pop(target, buffer.count)
        if run.count > 0 { return block(of: run, &state) }
        let isComplete = state.contexts.count > 1  // an older ring is written no more
        guard isComplete, buffer.count > 0 else { break }
        state.contexts.removeFirst()
        state.isFresh = true
      }
      return AudioBlock(sampleRate: state.sampleRate, epoch: state.epoch)
    }
  }

  private func block(of run: SampleRun, _ state: inout State) -> AudioBlock {
    if state.isFresh || run.sampleRate != state.sampleRate { state.epoch += 1 }
    state.isFresh = false
    state.sampleRate = run.sampleRate
    return AudioBlock(
      count: run.count, sampleRate: run.sampleRate, epoch: state.epoch, missing: run.missing, position: run.position)
  }
}
