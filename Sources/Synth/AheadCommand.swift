// What the audio thread and the rendering thread of RenderAhead say to each other.

/// Audio thread to rendering thread: render so many frames, then take the event, if any.
struct AheadCommand: BitwiseCopyable, Sendable {
  var frames: Int32
  /// Frames from the event to the end of its period.
  var rest: Int32
  var event: VoiceEvent
  var hasEvent: Bool

  @_noLocks init(frames: Int) {
    self.frames = Int32(truncatingIfNeeded: frames)
    rest = 0
    event = VoiceEvent(.control)
    hasEvent = false
  }

  @_noLocks init(frames: Int, event: VoiceEvent, rest: Int) {
    self.frames = Int32(truncatingIfNeeded: frames)
    self.rest = Int32(truncatingIfNeeded: rest)
    self.event = event
    hasEvent = true
  }
}

/// Rendering thread to audio thread: one frame of sound.
struct StereoFrame: BitwiseCopyable, Sendable {
  var left: Float
  var right: Float

  @_noLocks init(left: Float, right: Float) {
    self.left = left
    self.right = right
  }
}
