// What the hands thread does with the client: play events, read MIDI, tell the time.
internal import CKernels
internal import Realtime
internal import Synchronization
public import Synth

extension JackClient {
  /// Passes an event to the audio thread: it sounds in the cycle that holds its frame, or in the next when it is late.
  /// Events of the answer also leave through `midi_out`. Hands thread only; never waits for the audio thread.
  ///
  /// A note never hangs: a release that finds no room silences its part instead, and what sounds when the server is
  /// lost or the client stopped is released.
  /// - Returns: false when the event was dropped: no server, or more than 4096 events waiting.
  @discardableResult public func play(_ event: VoiceEvent) -> Bool {
    programs.note(event)
    let current = state.withLock { $0.run == nil ? nil : $0.context }
    guard let context = current, !context.isShutDown.load(ordering: .relaxed) else {
      refused.add(1, ordering: .relaxed)
      return false
    }
    return context.queue(event)
  }

  /// Hands over the MIDI messages that came through `midi_in` since the last call, oldest first. Hands thread only;
  /// never waits. A message of length 0 says that messages may have been lost: release what this input holds.
  public func readMIDI(_ body: (JackMIDIInput) -> Void) {
    guard let context = state.withLock({ $0.context }) else { return }
    if midiSources.takeLoss(dropped: context.received.dropped) { body(JackMIDIInput(frame: 0, length: 0)) }
    while let message = context.received.pop() { body(message) }
  }

  /// Whether `readMIDI` has messages to hand over. Hands thread only; costs next to nothing.
  public var hasMIDI: Bool { state.withLock { $0.context }?.received.peek() != nil }

  /// The clocks in the last cycle; nil while no server runs cycles for us. Any thread.
  public var clock: FrameClock? {
    let clock = state.withLock { state -> FrameClock? in
      guard let context = state.context, !context.isShutDown.load(ordering: .relaxed) else { return nil }
      return context.clock.read()
    }
    guard let clock, clock.sampleRate > 0 else { return nil }
    let age = Double(realtime_nanoseconds()) * 1e-9 - clock.seconds
    return age < 2 ? clock : nil
  }

  /// Where JACK's transport stood in the last cycle; stopped while there is no server. Any thread.
  public var transport: Transport {
    state.withLock { state in
      guard let context = state.context, !context.isShutDown.load(ordering: .relaxed) else { return Transport() }
      return context.transport.read()
    }
  }
}

extension ProcessContext {
  /// Queues an event for the audio thread. One thread only.
  func queue(_ event: VoiceEvent) -> Bool {
    if events.push(event) { return true }
    if event.isRelease {
      let parts = event.kind == .allOff ? 3 : 1 << event.part.index
      tally.unreleased.bitwiseOr(parts, ordering: .releasing)
    }
    return false
  }
}
