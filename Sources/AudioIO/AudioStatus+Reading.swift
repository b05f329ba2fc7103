// Puts the status together from the parts that know.
internal import Synchronization

extension AudioStatus {
  /// What the current session says about itself.
  mutating func read(_ context: ProcessContext) {
    sampleRate = context.sampleRate.load(ordering: .relaxed)
    period = context.period.load(ordering: .relaxed)
    inputLatency = context.inputLatency.load(ordering: .relaxed)
    isFreewheeling = context.isFreewheeling.load(ordering: .relaxed)
    let isAlive = state == .active
    voice.latency = context.outputLatency.load(ordering: .relaxed)
    voice.isReady = isAlive && context.tally.isReady.load(ordering: .relaxed)
    voice.soundingVoices = isAlive ? context.tally.soundingVoices.load(ordering: .relaxed) : 0
    voice.heldNotes = isAlive ? context.tally.heldNotes.load(ordering: .relaxed) : 0
  }

  /// Counters of all sessions.
  mutating func take(_ counters: AudioCounters) {
    xruns = counters.xruns
    drops = counters.drops
    gaps = counters.gaps
    oversize = counters.oversize
    cycles = counters.cycles
    callbackMedian = counters.medianMicroseconds
    callbackMean = counters.meanMicroseconds
    callbackWorst = counters.worstMicroseconds
    voice.droppedEvents = counters.voice.dropped
    voice.lateEvents = counters.voice.late
    voice.underruns = counters.voice.underruns
    voice.longMessages = counters.voice.longMessages
    voice.droppedMessages = counters.voice.droppedMessages
    voice.droppedOutput = counters.voice.droppedOutput
  }

  /// Where the connection and the wiring stand.
  mutating func read(_ supervisor: Supervisor) {
    state = supervisor.state
    restarts = supervisor.restarts
    connections = supervisor.connections
    voice.outputs = (supervisor.wiring[.left] ?? []) + (supervisor.wiring[.right] ?? [])
    voice.midiSources = supervisor.wiring[.midiIn] ?? []
    voice.midiDestinations = supervisor.wiring[.midiOut] ?? []
  }
}
