// The functions that JACK calls. File-scope, so that no actor isolation is checked on JACK's threads.
internal import CJACK
internal import Realtime
internal import Synchronization

/// Runs `body` with the context that was registered with JACK, without retaining it.
@_noLocks private func withContext(_ argument: UnsafeMutableRawPointer, _ frames: Int) -> Int32 {
  Unmanaged<ProcessContext>.fromOpaque(argument)._withUnsafeGuaranteedRef { $0.process(frames) }
}

private func context(_ argument: UnsafeMutableRawPointer?) -> ProcessContext? {
  argument.map { Unmanaged<ProcessContext>.fromOpaque($0).takeUnretainedValue() }
}

/// Audio thread.
@_noLocks func onProcess(_ frames: jack_nframes_t, _ argument: UnsafeMutableRawPointer?) -> Int32 {
  guard let argument else { return 0 }
  return withContext(argument, Int(frames))
}

/// Any thread, as if in a signal handler: sets a flag. jackd2 calls this one when registered, …
func onInfoShutdown(_ code: jack_status_t, _ reason: UnsafePointer<CChar>?, _ argument: UnsafeMutableRawPointer?) {
  context(argument)?.isShutDown.store(true, ordering: .relaxed)
}

/// … and PipeWire this one only.
func onShutdown(_ argument: UnsafeMutableRawPointer?) {
  context(argument)?.isShutDown.store(true, ordering: .relaxed)
}

/// Notification thread.
func onXrun(_ argument: UnsafeMutableRawPointer?) -> Int32 {
  context(argument)?.xruns.add(1, ordering: .relaxed)
  return 0
}

/// Notification thread, or the audio thread at activation. Only for the status: `process` takes any size.
func onPeriod(_ frames: jack_nframes_t, _ argument: UnsafeMutableRawPointer?) -> Int32 {
  context(argument)?.period.store(Int(frames), ordering: .relaxed)
  return 0
}

/// Called at registration; under PipeWire also while running. The audio thread marks the change in the stream.
func onSampleRate(_ rate: jack_nframes_t, _ argument: UnsafeMutableRawPointer?) -> Int32 {
  context(argument)?.sampleRate.store(Int(rate), ordering: .relaxed)
  return 0
}

/// Notification thread. The ring drops what the analysis cannot take, so freewheeling never waits for us.
func onFreewheel(_ starting: Int32, _ argument: UnsafeMutableRawPointer?) {
  context(argument)?.isFreewheeling.store(starting != 0, ordering: .relaxed)
}

/// Notification thread. What we capture is not played on, and what we play begins here.
func onLatency(_ mode: jack_latency_callback_mode_t, _ argument: UnsafeMutableRawPointer?) {
  guard let context = context(argument) else { return }
  let ports = context.ports
  var none = jack_latency_range_t(min: 0, max: 0)
  if mode == JackPlaybackLatency {
    var range = none
    if let left = ports.left { jack_port_get_latency_range(left, mode, &range) }
    let added = context.isAhead.load(ordering: .relaxed) ? UInt32(context.period.load(ordering: .relaxed)) : 0
    range = jack_latency_range_t(min: range.min &+ added, max: range.max &+ added)
    context.outputLatency.store(Int(range.max), ordering: .relaxed)
    if let input = ports.input { jack_port_set_latency_range(input, mode, &none) }
    if let keyboard = ports.midiIn { jack_port_set_latency_range(keyboard, mode, &range) }
  } else {
    var range = none
    if let input = ports.input { jack_port_get_latency_range(input, mode, &range) }
    context.inputLatency.store(Int(range.max), ordering: .relaxed)
    for port in [ports.left, ports.right, ports.midiOut].compactMap(\.self) {
      jack_port_set_latency_range(port, mode, &none)
    }
  }
}

/// Notification thread: the one producer of `appeared`.
func onPortRegistration(_ port: jack_port_id_t, _ isRegistered: Int32, _ argument: UnsafeMutableRawPointer?) {
  guard let context = context(argument) else { return }
  if isRegistered != 0 { context.appeared.push(port) }
  context.hasNewWiring.store(true, ordering: .releasing)
}

/// Notification thread: a wire somewhere in the graph came or went.
func onPortConnection(
  _ first: jack_port_id_t, _ second: jack_port_id_t, _ isConnected: Int32, _ argument: UnsafeMutableRawPointer?
) {
  context(argument)?.hasNewWiring.store(true, ordering: .releasing)
}
