// Everything that the JACK process callback touches.
internal import CJACK
internal import CKernels
internal import Realtime
internal import Synchronization
internal import Synth

// At file scope, for a static member would have to be looked up on the audio thread.
/// Frames a cycle that are accepted; a longer cycle is heard as a gap, answered by silence and counted.
var largestPeriod: Int { @_noLocks get { 8192 } }
/// A jump of the server's clock beyond this many frames is no xrun but another clock.
private var largestJump: Int { @_noLocks get { 1 << 20 } }

/// One struct's worth of state for one life of a client, allocated once, for the largest period accepted.
///
/// `process` runs on the server's audio thread: no allocation, lock, system call or retain. The other threads read
/// the atomic counters; the ear thread pops from `ring`; the hands thread pushes into `events` and pops from
/// `received`. A new life of the client gets a new context, so no two audio threads ever share one.
final class ProcessContext: @unchecked Sendable {
  // @unchecked: the JACK handles are pointers; JACK allows them in the callback, and they outlive it. `voice` belongs
  // to the audio thread.

  /// Frames the ring holds: 2.7 s at 48 kHz, 0.7 s at 192 kHz.
  static let ringCapacity = 1 << 17
  /// Events of the voice that may wait, in the queue and again in the schedule.
  static let eventCapacity = 4096

  let ring: SampleRing
  let cycles = Atomic<Int>(0)
  let oversize = Atomic<Int>(0)
  let busyNanoseconds = Atomic<Int>(0)
  let worstNanoseconds = Atomic<Int>(0)
  let durations = DurationHistogram()
  let fault = Atomic<Int>(0)
  /// Frames of the last cycle, and the server's time at which the next should begin. Audio thread only.
  private let lastFrames = Atomic<Int>(0)
  private let nextFrameTime = Atomic<UInt32>(0)

  // The voice: see ProcessContext+Voice, ProcessContext+MIDI.
  let events = EventQueue<VoiceEvent>(capacity: ProcessContext.eventCapacity)
  let received = EventQueue<JackMIDIInput>(capacity: 1024)
  let clock = Mailbox<FrameClock>(FrameClock(frame: 0, seconds: 0, sampleRate: 0, period: 0))
  let transport = Mailbox<Transport>(Transport())
  let schedule = VoiceSchedule(capacity: ProcessContext.eventCapacity)
  let outgoing = OutgoingMIDI()
  let voice: UnsafeMutablePointer<VoiceState>
  private let programs: ProgramTable  // keeps alive:
  let programTable: Unmanaged<ProgramTable>
  let exchange = SynthExchange()
  let tally = VoiceCounters()
  /// Takes the sound while it is recorded: see ProcessContext+Tap.
  let tapSlot = TapSlot()

  // Written by JACK's other threads.
  let sampleRate: Atomic<Int>
  let period: Atomic<Int>
  let xruns = Atomic<Int>(0)
  let isShutDown = Atomic<Bool>(false)
  let isFreewheeling = Atomic<Bool>(false)
  let inputLatency = Atomic<Int>(0)
  let outputLatency = Atomic<Int>(0)
  /// The voice is a period late on purpose: for the server's latencies.
  let isAhead = Atomic<Bool>(false)
  /// The kernel's number of the audio thread; 0 before it started.
  let thread = Atomic<Int>(0)
  /// Identifiers of ports that were registered; what does not fit in is found by the next look at the port list.
  let appeared = EventQueue<UInt32>(capacity: 256)
  /// Ports or wires have come or gone since the supervising thread looked.
  let hasNewWiring = Atomic<Bool>(true)

  let client: OpaquePointer
  let ports: ClientPorts

  /// Faults that tests inject.
  enum Fault {
    /// The callback returns 1: jackd then drops the client without a word.
    static let refuse = 1
    /// The callback keeps the thread busy for 0.3 s, once.
    static let stall = 2
  }

  /// - Parameters:
  ///   - client: open, not yet active.
  ///   - ports: its ports.
  init(
    client: OpaquePointer, ports: ClientPorts, sampleRate: Int, period: Int, programs: ProgramTable = ProgramTable()
  ) {
    self.client = client
    self.ports = ports
    self.programs = programs
    programTable = Unmanaged.passUnretained(programs)
    self.sampleRate = Atomic(sampleRate)
    self.period = Atomic(period)
    ring = SampleRing(capacity: Self.ringCapacity, sampleRate: sampleRate)
    voice = .allocate(capacity: 1)
    voice.initialize(to: VoiceState())
    realtime_prepare()
  }

  /// The callback runs no more.
  deinit {
    voice.pointee.synth?.release()
    voice.deallocate()
  }

  /// One cycle. Audio thread only.
  /// - Returns: 0; anything else makes jackd drop the client.
  @_noLocks func process(_ frames: Int) -> Int32 {
    let begin = realtime_nanoseconds()
    // The one system call of a life, before anything sounds: JACK has thread-start callbacks, but on other threads too.
    if thread.load(ordering: .relaxed) == 0 { thread.store(Int(cjack_thread()), ordering: .relaxed) }
    realtime_enter()
    realtime_flush_denormals()
    noteFramesTheServerMissed(before: frames)
    ring.setSampleRate(sampleRate.load(ordering: .relaxed))
    publishTime(frames, now: begin)
    if frames <= largestPeriod {
      hear(frames)
      receiveMIDI(frames)
      speak(frames)
      copyToTap(frames)
    } else {
      skip(frames)
    }
    voice.pointee.time = voice.pointee.time &+ frames
    cycles.add(1, ordering: .relaxed)
    let result = injectedFault()
    noteDuration(since: begin)
    realtime_exit()
    return result
  }

  @_noLocks private func hear(_ frames: Int) {
    guard let input = ports.input, let buffer = jack_port_get_buffer(input, UInt32(truncatingIfNeeded: frames)) else {
      ring.skip(frames)
      return
    }
    #if MUTATE
      realtime_break_promise()
    #endif
    ring.push(buffer.assumingMemoryBound(to: Float.self), frames)
  }

  /// A cycle too long to be taken: silence, and a gap for the ear.
  @_noLocks private func skip(_ frames: Int) {
    oversize.add(1, ordering: .relaxed)
    ring.skip(frames)
    clear(ports.left, frames)
    clear(ports.right, frames)
    if let port = ports.midiOut, let buffer = jack_port_get_buffer(port, UInt32(truncatingIfNeeded: frames)) {
      jack_midi_clear_buffer(buffer)
    }
  }

  @_noLocks private func clear(_ port: OpaquePointer?, _ frames: Int) {
    guard let port, let buffer = jack_port_get_buffer(port, UInt32(truncatingIfNeeded: frames)) else { return }
    let samples = buffer.assumingMemoryBound(to: Float.self)
    for i in 0..<frames { samples[i] = 0 }
  }

  /// The server counts on through an xrun: its time then runs ahead of the frames that we were given.
  @_noLocks private func noteFramesTheServerMissed(before frames: Int) {
    let now = jack_last_frame_time(client)
    let jump = Int(Int32(truncatingIfNeeded: now &- nextFrameTime.load(ordering: .relaxed)))
    let isSamePeriod = frames == lastFrames.load(ordering: .relaxed)  // a change of period restarts the server's clock
    let isPaced = !isFreewheeling.load(ordering: .relaxed)
    if isSamePeriod, isPaced, jump > 0, jump <= largestJump {
      ring.skip(jump)
      voice.pointee.time = voice.pointee.time &+ jump
    }
    voice.pointee.frameTime = now
    lastFrames.store(frames, ordering: .relaxed)
    nextFrameTime.store(now &+ UInt32(truncatingIfNeeded: frames), ordering: .relaxed)
  }

  /// Where the cycle lies on both clocks. The server's own smoothed time is better than ours, which knows only when we
  /// were woken; but behind xruns it is far off for a while, and then ours counts.
  @_noLocks private func publishTime(_ frames: Int, now: UInt64) {
    let rate = sampleRate.load(ordering: .relaxed)
    let ours = Double(now) * 1e-9
    let told = Double(cjack_cycle_start(client)) * 1e-6
    let isClose = (ours - told).magnitude * Double(rate) < Double(frames)
    voice.pointee.seconds = isClose ? told : ours
    clock.write(
      FrameClock(
        frame: voice.pointee.frameTime, seconds: voice.pointee.seconds, sampleRate: rate, period: frames))
  }

  @_noLocks private func noteDuration(since begin: UInt64) {
    let duration = Int(truncatingIfNeeded: realtime_nanoseconds() &- begin)
    busyNanoseconds.add(duration, ordering: .relaxed)
    durations.add(nanoseconds: duration)
    if duration > worstNanoseconds.load(ordering: .relaxed) { worstNanoseconds.store(duration, ordering: .relaxed) }
  }

  @_noLocks private func injectedFault() -> Int32 {
    let kind = fault.load(ordering: .relaxed)
    if kind == 0 { return 0 }
    if kind == 1 { return 1 }
    fault.store(0, ordering: .relaxed)
    let begin = realtime_nanoseconds()
    while realtime_nanoseconds() &- begin < 300_000_000 {}
    return 0
  }
}
