// Where the audio thread finds the tap.
internal import Synchronization

/// The tap of one life of a client, or nothing. It is put in once and stays until the audio thread has ended, so that
/// nothing has to be handed back.
struct TapSlot: ~Copyable, Sendable {
  private let address = Atomic<UInt>(0)  // of a retained AudioTap

  init() {}

  /// The audio thread runs no more.
  deinit {
    guard let pointer = UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)) else { return }
    Unmanaged<AudioTap>.fromOpaque(pointer).release()
  }

  /// Hands the tap to the audio thread. Does nothing when there is one already. Any thread but that one.
  func put(_ tap: AudioTap) {
    let retained = Unmanaged.passRetained(tap)
    let value = UInt(bitPattern: retained.toOpaque())
    let result = address.compareExchange(expected: 0, desired: value, ordering: .acquiringAndReleasing)
    if !result.exchanged { retained.release() }
  }

  /// The tap when there is one and it is open. Audio thread only.
  @_noLocks borrowing func open() -> Unmanaged<AudioTap>? {
    guard let pointer = UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)) else { return nil }
    let tap = Unmanaged<AudioTap>.fromOpaque(pointer)
    return tap._withUnsafeGuaranteedRef { $0.isOpen.load(ordering: .relaxed) } ? tap : nil
  }
}
