// Hands synthesizers to the audio thread and takes back the ones it is done with.
internal import Realtime
internal import Synchronization
internal import Synth

/// The way of a synthesizer: made off the audio thread, taken over by it at the begin of a cycle, handed back and freed
/// off the audio thread. References are counted by hand, for the audio thread may not count them.
struct SynthExchange: ~Copyable, Sendable {
  private let coming = Atomic<UInt>(0)  // address of a retained SynthVoice, or 0
  private let isWithdrawn = Atomic<Bool>(false)
  private let done = EventQueue<UInt>(capacity: 16)

  init() {}

  deinit {
    Self.release(coming.load(ordering: .acquiring))
    while let address = done.pop() { Self.release(address) }
  }

  /// Offers a synthesizer to the audio thread; one that was not taken over yet is freed. Any thread but that one.
  func offer(_ voice: SynthVoice) {
    let address = UInt(bitPattern: Unmanaged.passRetained(voice).toOpaque())
    Self.release(coming.exchange(address, ordering: .acquiringAndReleasing))
  }

  /// Asks the audio thread to go on without a synthesizer. Any thread but that one.
  func withdraw() {
    Self.release(coming.exchange(0, ordering: .acquiringAndReleasing))
    isWithdrawn.store(true, ordering: .releasing)
  }

  /// Frees what the audio thread is done with. One thread, not the audio thread.
  /// - Returns: true when there was something.
  @discardableResult func collect() -> Bool {
    var isAny = false
    while let address = done.pop() {
      Self.release(address)
      isAny = true
    }
    return isAny
  }

  /// Exchanges the synthesizer for a new one, if any. Audio thread only.
  /// - Returns: true when it was exchanged.
  @_noLocks borrowing func update(_ current: inout Unmanaged<SynthVoice>?) -> Bool {
    if isWithdrawn.load(ordering: .relaxed), retire(current) {
      isWithdrawn.store(false, ordering: .relaxed)
      current = nil
    }
    if coming.load(ordering: .relaxed) == 0 { return false }
    if !retire(current) { return false }  // taken over in a later cycle
    current = nil
    let address = coming.exchange(0, ordering: .acquiringAndReleasing)
    guard let pointer = UnsafeRawPointer(bitPattern: address) else { return false }
    current = Unmanaged<SynthVoice>.fromOpaque(pointer)
    return true
  }

  @_noLocks private borrowing func retire(_ voice: Unmanaged<SynthVoice>?) -> Bool {
    guard let voice else { return true }
    return done.push(UInt(bitPattern: voice.toOpaque()))
  }

  private static func release(_ address: UInt) {
    guard let pointer = UnsafeRawPointer(bitPattern: address) else { return }
    Unmanaged<SynthVoice>.fromOpaque(pointer).release()
  }
}
