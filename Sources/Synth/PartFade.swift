// The gain of one part: open, fading to silence, or shut until its next note.

/// A fade-out that leaves no click: a straight line to 0 within a given number of frames. Behind it the part stays shut
/// until its next note, and what the synthesizer had rendered ahead of that note is dropped.
struct PartFade: BitwiseCopyable {
  private enum State: UInt8 { case open, fading, over, shut, opening }
  private var state = State.open
  private var remaining = 0  // frames to the end of the fade, or to the opening
  private var length = 1

  /// The fade has ended: sounds are to be switched off, then `close` called.
  var isOver: Bool { @_noLocks get { state == .over } }

  /// Nothing changes before the next event.
  var isSteady: Bool { @_noLocks get { state == .open || state == .shut } }

  /// Begins to fade; a fade that runs goes on, and what is shut stays so.
  @_noLocks mutating func begin(frames: Int) {
    switch state {
    case .fading, .over, .shut: return
    case .opening: state = .over  // a note was given, but not heard yet
    case .open:
      state = frames > 0 ? .fading : .over
      remaining = frames
      length = frames
    }
  }

  /// The sounds are off.
  @_noLocks mutating func close() { state = .shut }

  /// A note was given: opens after so many frames.
  @_noLocks mutating func open(after frames: Int) {
    if state != .shut { return }
    state = frames == 0 ? .open : .opening
    remaining = frames
  }

  /// The longest slice of at most `count` frames within which the state does not change.
  @_noLocks func limit(_ count: Int) -> Int {
    (state == .fading || state == .opening) && remaining < count ? remaining : count
  }

  /// Applies the gain to a slice no longer than `limit` allows.
  @_noLocks mutating func apply(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, _ count: Int) {
    switch state {
    case .open: return
    case .fading:
      let step = 1 / Float(length)
      for i in 0..<count {
        let gain = Float(remaining &- i &- 1) * step
        left[i] *= gain
        right[i] *= gain
      }
      remaining = remaining &- count
      if remaining == 0 { state = .over }
    case .over, .shut, .opening:
      for i in 0..<count {
        left[i] = 0
        right[i] = 0
      }
      if state != .opening { return }
      remaining = remaining &- count
      if remaining == 0 { state = .open }
    }
  }
}
