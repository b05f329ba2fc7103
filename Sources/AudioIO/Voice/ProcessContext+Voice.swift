// The voice's part of the cycle: events in, sound and MIDI out.
internal import CJACK
internal import Realtime
internal import Synchronization
internal import Synth

/// An event whose time lies further ahead than this many frames was made with another clock and is due at once.
private var furthest: Int { @_noLocks get { 1 << 22 } }

/// Events taken out of the queue in one cycle at most: so many that a full queue is emptied.
private var eventBudget: Int { @_noLocks get { 4096 } }

extension ProcessContext {
  /// Fills the output ports. Audio thread only.
  @_noLocks func speak(_ frames: Int) {
    let count = UInt32(truncatingIfNeeded: frames)
    guard let leftPort = ports.left, let left = jack_port_get_buffer(leftPort, count),
      let rightPort = ports.right, let right = jack_port_get_buffer(rightPort, count)
    else { return }
    var midi: UnsafeMutableRawPointer?
    var messages = 0
    if let port = ports.midiOut, let buffer = jack_port_get_buffer(port, count) {
      jack_midi_clear_buffer(buffer)
      messages = room(in: buffer)
      midi = buffer
    }
    speak(
      left: left.assumingMemoryBound(to: Float.self), right: right.assumingMemoryBound(to: Float.self), frames: frames,
      messages: messages)
    if let midi { send(to: midi) }
  }

  /// The same with buffers that need not be JACK's. Audio thread only.
  /// - Parameter messages: MIDI messages that the port has room for; they are left in `outgoing`.
  @_noLocks func speak(
    left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>, frames: Int, messages: Int
  ) {
    outgoing.begin(limit: messages)
    voice.pointee.fading = 0
    takeOverSynth()
    begin(left, right, frames)
    silenceWhatCouldNotBeQueued(frames)
    takeEvents(frames)
    let end = voice.pointee.time &+ frames
    while let entry = schedule.pop(before: end) { play(entry, frames) }
    finish()
    publish()
  }

  // MARK: Synthesizer

  @_noLocks private func takeOverSynth() {
    if exchange.update(&voice.pointee.synth) {
      voice.pointee.underruns = 0
      givePrograms()
    }
    let rate = sampleRate.load(ordering: .relaxed)
    let synthRate = voice.pointee.synth?._withUnsafeGuaranteedRef { $0.sampleRate } ?? 0
    tally.isReady.store(rate > 0 && rate == synthRate, ordering: .relaxed)
  }

  /// To a new synthesizer, before its first note. A program change that waits in the queue may come a second time.
  @_noLocks private func givePrograms() {
    for channel in 0..<16 {
      give(.player, channel)
      give(.answer, channel)
    }
  }

  @_noLocks private func give(_ part: VoiceEvent.Part, _ channel: Int) {
    let program = programTable._withUnsafeGuaranteedRef { $0.program(part, channel) }
    if program == 0 { return }
    let event = VoiceEvent(.program, part: part, channel: UInt8(truncatingIfNeeded: channel), program)
    _ = voice.pointee.synth?._withUnsafeGuaranteedRef { $0.handle(event, at: 0) }
  }

  @_noLocks private func begin(
    _ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, _ frames: Int
  ) {
    // Silence where no synthesizer plays, or one of another rate.
    for i in 0..<frames {
      left[i] = 0
      right[i] = 0
    }
    if !tally.isReady.load(ordering: .relaxed) { return }
    voice.pointee.synth?._withUnsafeGuaranteedRef { $0.begin(left: left, right: right, frames: frames) }
  }

  @_noLocks private func sound(_ event: VoiceEvent, at offset: Int) {
    if !tally.isReady.load(ordering: .relaxed) { return }
    let isTaken = voice.pointee.synth?._withUnsafeGuaranteedRef { $0.handle(event, at: offset) } ?? true
    if !isTaken { tally.dropped.add(1, ordering: .relaxed) }
  }

  @_noLocks private func finish() {
    if !tally.isReady.load(ordering: .relaxed) { return }
    voice.pointee.synth?._withUnsafeGuaranteedRef { $0.finish() }
  }

  // MARK: Events

  /// A release that found the queue full: its part falls silent instead, so that no note is left.
  @_noLocks private func silenceWhatCouldNotBeQueued(_ frames: Int) {
    let farewell = tally.farewell.load(ordering: .relaxed)
    if farewell == 1 {
      perform(VoiceEvent(.allOff), sequence: .max, at: 0)
      if outgoing.isSettled { tally.farewell.store(2, ordering: .releasing) }
    } else if farewell > 1, farewell < VoiceCounters.delivered {
      tally.farewell.store(farewell &+ 1, ordering: .releasing)
    }
    if tally.unreleased.load(ordering: .relaxed) == 0 { return }
    let parts = tally.unreleased.exchange(0, ordering: .acquiring)
    // Behind everything that was queued before the flag was raised.
    takeEvents(frames)
    let sequence = voice.pointee.sequence
    if parts & 1 != 0 { perform(VoiceEvent(.silence, part: .player), sequence: sequence, at: 0) }
    if parts & 2 != 0 { perform(VoiceEvent(.silence, part: .answer), sequence: sequence, at: 0) }
  }

  /// Moves what was queued into the schedule; a silence that is due now overtakes what waits there.
  @_noLocks private func takeEvents(_ frames: Int) {
    var budget = eventBudget
    while budget > 0, let event = events.pop() {
      budget = budget &- 1
      let sequence = voice.pointee.sequence
      voice.pointee.sequence = sequence &+ 1
      let frame = place(of: event)
      let isSilence = event.isSilence
      if isSilence, frame <= voice.pointee.time {
        perform(event, sequence: sequence, at: 0)
      } else if !schedule.insert(ScheduledEvent(frame: frame, sequence: sequence, event: event)) {
        tally.dropped.add(1, ordering: .relaxed)
        if isSilence { perform(event, sequence: sequence, at: 0) }
        if event.kind == .noteOff {
          perform(VoiceEvent(.silence, part: event.part), sequence: sequence, at: 0)
        }
      }
    }
  }

  /// The frame of the stream at which an event is due.
  @_noLocks private func place(of event: VoiceEvent) -> Int {
    let now = voice.pointee.time
    if event.frame == 0 { return now }
    let distance = Int(Int32(bitPattern: event.frame &- voice.pointee.frameTime))
    if distance >= 0, distance <= furthest { return now &+ distance }
    tally.late.add(1, ordering: .relaxed)
    return now
  }

  @_noLocks private func play(_ entry: ScheduledEvent, _ frames: Int) {
    let event = entry.event
    let offset = entry.frame > voice.pointee.time ? entry.frame &- voice.pointee.time : 0
    switch event.kind {
    case .silence, .allOff: perform(event, sequence: entry.sequence, at: offset)
    case .noteOn, .noteOff:
      if isSilenced(entry) { return }
      if voice.pointee.fading & (1 << event.part.index) != 0 {
        // It would fade with the rest: it waits for the next period. There is room, for it was taken out just now.
        let next = voice.pointee.time &+ frames
        _ = schedule.insert(ScheduledEvent(frame: next, sequence: entry.sequence, event: event))
        return
      }
      sound(event, at: offset)
      write(event, at: offset)
    case .control, .program, .pitchBend:
      sound(event, at: offset)
      write(event, at: offset)
    }
  }

  @_noLocks private func isSilenced(_ entry: ScheduledEvent) -> Bool {
    switch entry.event.part {
    case .player: entry.sequence < voice.pointee.silenced.player
    case .answer: entry.sequence < voice.pointee.silenced.answer
    }
  }

  /// Ends the sound of a part, or of both, and drops its notes that came before.
  @_noLocks private func perform(_ event: VoiceEvent, sequence: Int, at offset: Int) {
    let isAll = event.kind == .allOff
    if isAll || event.part == .player {
      // Never back: what a later silence dropped stays dropped when an earlier one is due.
      if sequence > voice.pointee.silenced.player { voice.pointee.silenced.player = sequence }
      voice.pointee.fading |= 1
    }
    if isAll || event.part == .answer {
      if sequence > voice.pointee.silenced.answer { voice.pointee.silenced.answer = sequence }
      voice.pointee.fading |= 2
      isAll ? outgoing.finish(at: offset) : outgoing.releaseAll(at: offset)
    }
    sound(event, at: offset)
  }

  /// The answer also leaves as MIDI.
  @_noLocks private func write(_ event: VoiceEvent, at offset: Int) {
    guard event.part == .answer else { return }
    switch event.kind {
    case .noteOn: outgoing.noteOn(event.channel, event.data1, event.data2, at: offset)
    case .noteOff: outgoing.noteOff(event.channel, event.data1, at: offset)
    case .control: outgoing.send(0xB0 | event.channel, event.data1, event.data2, at: offset)
    case .program: outgoing.send(0xC0 | event.channel, event.data1, 0, at: offset)
    case .pitchBend: outgoing.send(0xE0 | event.channel, event.data1, event.data2, at: offset)
    case .silence, .allOff: return
    }
  }

  @_noLocks private func publish() {
    let voices = voice.pointee.synth?._withUnsafeGuaranteedRef { $0.soundingVoices } ?? 0
    let underruns = voice.pointee.synth?._withUnsafeGuaranteedRef { $0.underruns } ?? 0
    if underruns > voice.pointee.underruns {
      tally.underruns.add(underruns &- voice.pointee.underruns, ordering: .relaxed)
      voice.pointee.underruns = underruns
    }
    tally.soundingVoices.store(voices, ordering: .relaxed)
    tally.heldNotes.store(outgoing.held, ordering: .relaxed)
    tally.droppedOutput.store(outgoing.dropped, ordering: .relaxed)
  }
}
