// What the audio thread counts about the voice.
internal import Synchronization
internal import Synth

/// Written by the audio thread, read by any.
struct VoiceCounters: ~Copyable, Sendable {
  let late = Atomic<Int>(0)
  let dropped = Atomic<Int>(0)
  let longMessages = Atomic<Int>(0)
  let droppedOutput = Atomic<Int>(0)
  let underruns = Atomic<Int>(0)
  let soundingVoices = Atomic<Int>(0)
  let heldNotes = Atomic<Int>(0)
  /// Bits of the parts (player 1, answer 2) that a release could not be queued for.
  let unreleased = Atomic<Int>(0)
  /// 0, then 1 when everything is to be released for good, 2 when it is, and one more in each cycle up to `delivered`.
  let farewell = Atomic<Int>(0)
  /// The `farewell` of the second cycle after.
  static var delivered: Int { @_noLocks get { 4 } }
  /// True while a synthesizer of the server's rate plays.
  let isReady = Atomic<Bool>(false)

  init() {}
}

/// What the voice keeps from cycle to cycle. Audio thread only.
struct VoiceState: BitwiseCopyable {
  /// Frames of the stream at the begin of the cycle, counted from the first cycle, missed ones included.
  var time = 0
  /// The server's time at the begin of the cycle.
  var frameTime: UInt32 = 0
  /// When the cycle began, in seconds of the monotonic clock.
  var seconds = 0.0
  /// Events taken out of the queue so far.
  var sequence = 0
  /// Notes of the parts that came before these numbers are silenced.
  var silenced: (player: Int, answer: Int) = (0, 0)
  /// Bits of the parts that fade in this period: their notes wait for the next.
  var fading = 0
  /// Underruns of `synth` that were counted.
  var underruns = 0
  /// What plays: retained.
  var synth: Unmanaged<SynthVoice>?
}
