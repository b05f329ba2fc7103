// The programs that the voice's channels play, kept over synthesizers and servers.
internal import Synchronization
internal import Synth

/// The last program asked for on every channel of both parts. Any thread may write, any may read; a new synthesizer is
/// given these programs when it takes over.
final class ProgramTable: @unchecked Sendable {
  // @unchecked: `programs` points to atomics that stay where they are.
  private let programs: UnsafeMutablePointer<Atomic<UInt8>>

  init() {
    programs = .allocate(capacity: 32)
    for i in 0..<32 { (programs + i).initialize(to: Atomic(0)) }
  }

  deinit {
    programs.deinitialize(count: 32)
    programs.deallocate()
  }

  /// Remembers an event that changes a program.
  func note(_ event: VoiceEvent) {
    guard event.kind == .program else { return }
    programs[event.part.index * 16 + Int(event.channel)].store(event.data1, ordering: .relaxed)
  }

  @_noLocks func program(_ part: VoiceEvent.Part, _ channel: Int) -> UInt8 {
    programs[part.index &* 16 &+ channel].load(ordering: .relaxed)
  }
}
