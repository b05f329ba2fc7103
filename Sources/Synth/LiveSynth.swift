// FluidSynth made for the audio callback: two parts that can be silenced apart from each other.
import CFluidSynth

// At file scope, for a static member would have to be looked up on the audio thread.
/// FluidSynth's internal block, in frames.
private var block: Int { @_noLocks get { 64 } }
/// Frames within which a part that is silenced fades: 1.3 ms at 48 kHz, short enough to count as at once.
private var fadeFrames: Int { @_noLocks get { 64 } }
/// FluidSynth's channels: 16 for each of two parts, twice.
private var channelCount: Int32 { @_noLocks get { 64 } }
/// Events, releases aside, that are taken within a block. Each becomes some updates for every voice, which FluidSynth
/// queues and without a word drops when the queue is full: a lost note-off would be a note that hangs.
private var pendingLimit: Int { @_noLocks get { 64 } }
/// Voices that FluidSynth is made for: its queue is 64 times as long.
private let largestPolyphony: Int32 = 1024
/// Frames of a slice: what the scratch buffers hold.
private var slice: Int { @_noLocks get { 1024 } }

/// Renders what the player plays and what Antiphon answers to one stereo pair.
///
/// Made and freed off the audio thread; between those, every call comes from the one thread that renders, which may be
/// the audio thread when `hasEffects` is false: nothing here then allocates, locks or makes a system call.
///
/// The 16 channels of the player are even channels of FluidSynth's and leave through its first audio group, those of the
/// answer are odd ones and leave through the second. So the answer can be faded without touching the player's sound.
/// Each part has its channels twice: behind a silence the other set plays, for FluidSynth (2.3) revives a voice that was
/// just switched off when its pitch is struck again on its channel.
/// FluidSynth begins voices on a grid of 64 frames: beside others a note starts 0…63 frames after the place at which it
/// was given. Silence is not rendered, so a note out of silence starts at its place.
public final class LiveSynth: @unchecked Sendable {
  // @unchecked: the pointers belong to the rendering thread from the first `render` to the last.

  /// Frames a second.
  public let sampleRate: Int
  /// Whether a SoundFont is loaded; without one everything is silent.
  public let hasSoundFont: Bool
  /// Whether reverb and chorus are heard: such a synthesizer allocates while it renders.
  public let hasEffects: Bool

  private let settings: OpaquePointer
  private let synth: OpaquePointer
  private let scratch: UnsafeMutablePointer<Float>  // left and right of the player, left and right of the answer
  private let outputs: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
  private let effects: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
  private let effectCount: Int32
  private let fades: UnsafeMutablePointer<PartFade>  // player, answer
  private let sets: UnsafeMutablePointer<Int>  // of channels, in use by the player and the answer
  private let pending: UnsafeMutablePointer<Int>  // events since the last block
  private let rendered: UnsafeMutablePointer<Int>  // frames so far, modulo the block

  /// Loads the SoundFont; this takes up to a second for large ones.
  ///
  /// - Parameters:
  ///   - sampleRate: 8000…96000 Hz: FluidSynth renders at no other.
  ///   - effects: reverb and chorus; not for the audio thread.
  public init(configuration: SynthConfiguration, sampleRate: Int, effects hasEffects: Bool = false) throws(SynthError) {
    guard (8000...96000).contains(sampleRate) else { throw .sampleRate(Double(sampleRate)) }
    guard FluidSynthPreparation.isDone, let settings = new_fluid_settings() else { throw .unavailable }
    Self.set(settings, configuration, sampleRate, hasEffects)
    guard let synth = new_fluid_synth(settings) else {
      delete_fluid_settings(settings)
      throw .unavailable
    }
    fluid_synth_set_polyphony(synth, Int32(configuration.polyphony))
    for channel in 0..<channelCount {  // before the SoundFont, so that percussion finds its kit
      let kind = channel / 2 % 16 == 9 ? CHANNEL_TYPE_DRUM : CHANNEL_TYPE_MELODIC
      fluid_synth_set_channel_type(synth, channel, Int32(kind.rawValue))
    }
    if let path = configuration.soundFont?.url.path, fluid_synth_sfload(synth, path, 1) < 0 {
      delete_fluid_synth(synth)
      delete_fluid_settings(settings)
      throw .refused(path: path)
    }
    for channel in 0..<channelCount { fluid_synth_program_change(synth, channel, 0) }
    self.sampleRate = sampleRate
    self.hasEffects = hasEffects
    hasSoundFont = configuration.soundFont != nil
    self.settings = settings
    self.synth = synth
    scratch = .allocate(capacity: 4 * slice)
    scratch.initialize(repeating: 0, count: 4 * slice)
    outputs = .allocate(capacity: 4)
    for i in 0..<4 { (outputs + i).initialize(to: scratch + i * slice) }
    // Effect groups are those of the parts; reverb and chorus of each are added to its own pair.
    effectCount = hasEffects ? 8 : 0
    effects = .allocate(capacity: 8)
    for i in 0..<8 { (effects + i).initialize(to: scratch + (i / 4 * 2 + i % 2) * slice) }
    fades = .allocate(capacity: 2)
    fades.initialize(repeating: PartFade(), count: 2)
    sets = .allocate(capacity: 2)
    sets.initialize(repeating: 0, count: 2)
    pending = .allocate(capacity: 1)
    pending.initialize(to: 0)
    rendered = .allocate(capacity: 1)
    rendered.initialize(to: 0)
    warmUp()
  }

  deinit {
    delete_fluid_synth(synth)
    delete_fluid_settings(settings)
    scratch.deallocate()
    outputs.deallocate()
    effects.deallocate()
    fades.deallocate()
    sets.deallocate()
    pending.deallocate()
    rendered.deallocate()
  }

  private static func set(
    _ settings: OpaquePointer, _ configuration: SynthConfiguration, _ sampleRate: Int, _ hasEffects: Bool
  ) {
    fluid_settings_setnum(settings, "synth.sample-rate", Double(sampleRate))
    fluid_settings_setnum(settings, "synth.gain", configuration.gain)
    let effects: Int32 = hasEffects ? 1 : 0
    let switches: [(String, Int32)] = [
      ("synth.polyphony", largestPolyphony), ("synth.threadsafe-api", 0), ("synth.cpu-cores", 1),
      ("synth.reverb.active", effects), ("synth.chorus.active", effects), ("synth.lock-memory", 1),
      ("synth.dynamic-sample-loading", 0), ("synth.min-note-length", 0), ("synth.midi-channels", channelCount),
      ("synth.audio-channels", 2), ("synth.audio-groups", 2), ("synth.effects-groups", 2),
    ]
    for (name, value) in switches { fluid_settings_setint(settings, name, value) }
  }

  /// The first cycle must not be the one that touches cold memory.
  private func warmUp() {
    // Not by `render`, which leaves FluidSynth alone in silence.
    for _ in 0..<4 { advance(block) }
  }

  /// Voices that sound now, the tails of released notes included. Rendering thread only.
  public var soundingVoices: Int { @_noLocks get { Int(fluid_synth_get_active_voice_count(synth)) } }

  /// Takes an event at the present place in the stream. Rendering thread only.
  /// - Parameter rest: frames left in the period, within which a `silence` fades; and that within 64 at most.
  /// - Returns: false when there were too many in a block and this one, which is no release, was dropped.
  @_noLocks @discardableResult public func handle(_ event: VoiceEvent, rest: Int) -> Bool {
    if !event.isRelease {
      if pending.pointee == pendingLimit { return false }
      pending.pointee = pending.pointee &+ 1
    }
    let part = event.part.index
    let channel = fluidChannel(part, Int(event.channel), set: sets[part])
    let other = fluidChannel(part, Int(event.channel), set: 1 &- sets[part])
    let (first, second) = (Int32(event.data1), Int32(event.data2))
    switch event.kind {
    case .noteOn:
      fades[part].open(after: leftOver)
      fluid_synth_noteon(synth, channel, first, second)
    case .noteOff: fluid_synth_noteoff(synth, channel, first)
    case .control:
      fluid_synth_cc(synth, channel, first, second)
      fluid_synth_cc(synth, other, first, second)
    case .program:
      fluid_synth_program_change(synth, channel, first)
      fluid_synth_program_change(synth, other, first)
    case .pitchBend:
      fluid_synth_pitch_bend(synth, channel, first | second &<< 7)
      fluid_synth_pitch_bend(synth, other, first | second &<< 7)
    case .silence: fades[part].begin(frames: min(rest, fadeFrames))
    case .allOff:
      fades[0].begin(frames: min(rest, fadeFrames))
      fades[1].begin(frames: min(rest, fadeFrames))
    }
    for part in 0..<2 where fades[part].isOver { end(part) }
    return true
  }

  /// Renders the next frames. Rendering thread only.
  /// - Parameters:
  ///   - left: room for `frames` samples, overwritten; full scale is ±1, and several loud notes exceed it.
  ///   - right: the same.
  @_noLocks public func render(left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>, frames: Int) {
    var done = 0
    // At rest only what FluidSynth has rendered already is left: the end of the last sound. Behind it, the next note
    // begins at its very frame.
    var audible = frames
    if isAtRest, leftOver < frames { audible = leftOver }
    while done < audible {
      var count = audible &- done
      if count > slice { count = slice }
      for part in 0..<2 { count = fades[part].limit(count) }
      advance(count)
      for part in 0..<2 {
        fades[part].apply(scratch + part &* 2 &* slice, scratch + (part &* 2 &+ 1) &* slice, count)
        if fades[part].isOver { end(part) }
      }
      let (player, answer) = (scratch, scratch + 2 &* slice)
      for k in 0..<count {
        left[done &+ k] = player[k] + answer[k]
        right[done &+ k] = player[k &+ slice] + answer[k &+ slice]
      }
      done = done &+ count
    }
    while done < frames {
      left[done] = 0
      right[done] = 0
      done = done &+ 1
    }
  }

  /// Lets FluidSynth render the next frames into the scratch buffers; at most a slice.
  @_noLocks private func advance(_ count: Int) {
    for i in 0..<4 {
      let buffer = scratch + i &* slice
      for k in 0..<count { buffer[k] = 0 }
    }
    if count > leftOver { pending.pointee = 0 }  // FluidSynth renders a block and empties its queue
    fluid_synth_process(synth, Int32(truncatingIfNeeded: count), effectCount, effects, 4, outputs)
    rendered.pointee = (rendered.pointee &+ count) % block
  }

  /// Whether there is nothing to render: no voice, no event that FluidSynth has not taken in, no fade, no tail.
  private var isAtRest: Bool {
    @_noLocks get {
      if hasEffects { return false }
      if pending.pointee != 0 { return false }
      for part in 0..<2 where !fades[part].isSteady { return false }
      return fluid_synth_get_active_voice_count(synth) == 0
    }
  }

  /// Frames already rendered by FluidSynth that the next `render` still takes out: they hold no new note.
  private var leftOver: Int { @_noLocks get { (block &- rendered.pointee) % block } }

  @_noLocks private func fluidChannel(_ part: Int, _ channel: Int, set: Int) -> Int32 {
    Int32(truncatingIfNeeded: (set &* 16 &+ channel) &* 2 &+ part)
  }

  /// All sounds of a part off, pedals up; its other channels go on.
  @_noLocks private func end(_ part: Int) {
    for i in 0..<16 {
      for set in 0..<2 { fluid_synth_cc(synth, fluidChannel(part, i, set: set), 64, 0) }
      fluid_synth_all_sounds_off(synth, fluidChannel(part, i, set: sets[part]))
    }
    sets[part] = 1 &- sets[part]
    fades[part].close()
  }
}
