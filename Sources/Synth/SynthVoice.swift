// What the audio callback plays through: a synthesizer of its own, or one that renders ahead.

/// The voice at one sample rate, in either way of rendering, behind the same four calls a period: `begin`, `handle` for
/// each event in the order of time, `finish`.
///
/// Made and freed off the audio thread; `begin`, `handle` and `finish` belong to the audio thread alone, and neither
/// allocate nor lock nor call the system.
public final class SynthVoice: @unchecked Sendable {
  // @unchecked: `period` belongs to the audio thread; what the two references point to is shared as they document.

  /// Frames a second.
  public var sampleRate: Int { @_noLocks get { rate } }
  private let rate: Int

  private struct Period: BitwiseCopyable {
    var left: UnsafeMutablePointer<Float>?
    var right: UnsafeMutablePointer<Float>?
    var frames = 0
    var position = 0
  }

  // Unmanaged, for the audio thread may not count references.
  private let synth: Unmanaged<LiveSynth>
  private let ahead: Unmanaged<RenderAhead>?
  private let period: UnsafeMutablePointer<Period>

  /// Loads the SoundFont; this takes up to a second for large ones.
  /// - Parameter sampleRate: 8000…96000 Hz.
  public init(configuration: SynthConfiguration, sampleRate: Int) throws(SynthError) {
    let isAhead = configuration.rendering == .ahead
    let live = try LiveSynth(configuration: configuration, sampleRate: sampleRate, effects: isAhead)
    rate = sampleRate
    synth = Unmanaged.passRetained(live)
    ahead = isAhead ? Unmanaged.passRetained(RenderAhead(synth: live)) : nil
    period = .allocate(capacity: 1)
    period.initialize(to: Period())
  }

  deinit {
    ahead?.takeUnretainedValue().stop()
    ahead?.release()
    synth.release()
    period.deallocate()
  }

  /// Periods in which frames were missing because the rendering thread was late. Any thread.
  public var underruns: Int {
    @_noLocks get { ahead?._withUnsafeGuaranteedRef { $0.underruns } ?? 0 }
  }

  /// Voices that sound now, the tails of released notes included. Audio thread only.
  public var soundingVoices: Int {
    @_noLocks get {
      if let ahead { return ahead._withUnsafeGuaranteedRef { $0.soundingVoices } }
      return synth._withUnsafeGuaranteedRef { $0.soundingVoices }
    }
  }

  /// A period begins. Audio thread only, like what follows.
  /// - Parameters:
  ///   - left: room for `frames` samples, valid until `finish`.
  ///   - right: the same.
  @_noLocks public func begin(
    left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>, frames: Int
  ) {
    period.pointee = Period(left: left, right: right, frames: frames, position: 0)
    if let ahead { ahead._withUnsafeGuaranteedRef { $0.begin(frames) } }
  }

  /// Takes an event at a frame of the period; offsets never decrease within one.
  /// - Returns: false when there were too many at once and this one, which is no release, was dropped.
  @_noLocks @discardableResult public func handle(_ event: VoiceEvent, at offset: Int) -> Bool {
    advance(to: offset)
    let rest = period.pointee.frames &- period.pointee.position
    if let ahead {
      ahead._withUnsafeGuaranteedRef { $0.handle(event, rest: rest) }
      return true
    }
    return synth._withUnsafeGuaranteedRef { $0.handle(event, rest: rest) }
  }

  /// The period is complete: fills what `begin` was given.
  @_noLocks public func finish() {
    advance(to: period.pointee.frames)
    guard let ahead, let left = period.pointee.left, let right = period.pointee.right else { return }
    let frames = period.pointee.frames
    ahead._withUnsafeGuaranteedRef { $0.finish(left, right, frames) }
  }

  @_noLocks private func advance(to offset: Int) {
    let position = period.pointee.position
    let end = offset < period.pointee.frames ? offset : period.pointee.frames
    guard end > position, let left = period.pointee.left, let right = period.pointee.right else { return }
    period.pointee.position = end
    if let ahead { return ahead._withUnsafeGuaranteedRef { $0.advance(end &- position) } }
    synth._withUnsafeGuaranteedRef { $0.render(left: left + position, right: right + position, frames: end &- position) }
  }
}
