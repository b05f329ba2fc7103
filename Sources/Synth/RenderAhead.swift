// Renders one period ahead of the audio callback in a thread of its own, where effects may allocate.
internal import CKernels
internal import Foundation
internal import Realtime
internal import Synchronization

/// A synthesizer behind two queues: commands go in, frames come out one period later.
///
/// In each cycle the audio thread says what belongs into the period and takes the frames of the period before. The
/// delay is the longest period so far. It may make no system call and so wakes nobody: the rendering thread looks a few
/// times a period whether there is something to do. When it is late the missing frames are silence, counted in
/// `underruns`, and dropped when they come, so that the delay never grows.
final class RenderAhead: @unchecked Sendable {
  // @unchecked: `cycle` belongs to the audio thread; the queues and atomics order everything else.

  /// Frames that may wait; four of the longest periods.
  private static let capacity = 1 << 15

  private struct Cycle: BitwiseCopyable {
    var delay = 0  // frames
    var padding = 0  // silent frames still to be put out to reach the delay
    var surplus = 0  // frames to be dropped when they come
    var unrendered = 0  // frames since the last command
  }

  private let synth: LiveSynth
  private let commands = EventQueue<AheadCommand>(capacity: 8192)
  private let frames = EventQueue<StereoFrame>(capacity: RenderAhead.capacity)
  private let cycle: UnsafeMutablePointer<Cycle>
  private let isStopped = Atomic<Bool>(false)
  /// A command was lost: the rendering thread then ends all sound.
  private let isBroken = Atomic<Bool>(false)
  private let missed = Atomic<Int>(0)
  private let voices = Atomic<Int>(0)

  /// Starts the rendering thread, which lives until `stop`.
  init(synth: LiveSynth) {
    self.synth = synth
    cycle = .allocate(capacity: 1)
    cycle.initialize(to: Cycle())
    let thread = Thread { [self] in run() }
    thread.name = "render ahead"
    thread.start()
  }

  deinit { cycle.deallocate() }

  /// Ends the rendering thread soon. Any thread.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Periods in which frames were missing. Any thread.
  var underruns: Int { @_noLocks get { missed.load(ordering: .relaxed) } }
  /// Voices that sounded at the last look. Any thread.
  var soundingVoices: Int { @_noLocks get { voices.load(ordering: .relaxed) } }

  // MARK: Audio thread

  /// A period begins.
  @_noLocks func begin(_ count: Int) {
    if count > cycle.pointee.delay {
      cycle.pointee.padding = cycle.pointee.padding &+ count &- cycle.pointee.delay
      cycle.pointee.delay = count
    }
  }

  /// The stream goes on for so many frames.
  @_noLocks func advance(_ count: Int) { cycle.pointee.unrendered = cycle.pointee.unrendered &+ count }

  /// Takes an event at the present place in the stream.
  @_noLocks func handle(_ event: VoiceEvent, rest: Int) {
    send(AheadCommand(frames: cycle.pointee.unrendered, event: event, rest: rest))
  }

  /// The period is over: asks for what is left of it and takes the period before.
  @_noLocks func finish(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, _ count: Int) {
    send(AheadCommand(frames: cycle.pointee.unrendered))
    while cycle.pointee.surplus > 0, frames.pop() != nil { cycle.pointee.surplus = cycle.pointee.surplus &- 1 }
    var missing = 0
    for i in 0..<count {
      var frame = StereoFrame(left: 0, right: 0)
      if cycle.pointee.padding > 0 {
        cycle.pointee.padding = cycle.pointee.padding &- 1
      } else if cycle.pointee.surplus == 0, let rendered = frames.pop() {
        frame = rendered
      } else {
        missing = missing &+ 1
        cycle.pointee.surplus = cycle.pointee.surplus &+ 1
      }
      left[i] = frame.left
      right[i] = frame.right
    }
    if missing > 0 { missed.add(1, ordering: .relaxed) }
  }

  @_noLocks private func send(_ command: AheadCommand) {
    if commands.push(command) {
      cycle.pointee.unrendered = 0
    } else {
      isBroken.store(true, ordering: .relaxed)  // what is not rendered now is asked for with the next command
    }
  }

  // MARK: Rendering thread

  private func run() {
    askForPriority()
    realtime_flush_denormals()
    let block = UnsafeMutablePointer<Float>.allocate(capacity: 2048)
    defer { block.deallocate() }
    var period = 256
    while !isStopped.load(ordering: .relaxed) {
      if let command = commands.pop() {
        render(Int(command.frames), block)
        period = max(64, Int(command.frames))
        if isBroken.exchange(false, ordering: .relaxed) { synth.handle(VoiceEvent(.allOff), rest: 64) }
        if command.hasEvent { synth.handle(command.event, rest: Int(command.rest)) }
        voices.store(synth.soundingVoices, ordering: .relaxed)
      } else {
        usleep(UInt32(min(2000, period * 1_000_000 / synth.sampleRate / 8)))
      }
    }
  }

  private func render(_ count: Int, _ block: UnsafeMutablePointer<Float>) {
    var done = 0
    while done < count {
      let part = min(count - done, 1024)
      synth.render(left: block, right: block + 1024, frames: part)
      for i in 0..<part { frames.push(StereoFrame(left: block[i], right: block[1024 + i])) }
      done += part
    }
  }

  /// Below the audio thread, above everything else; a refusal costs underruns at worst, which are counted.
  private func askForPriority() {
    var parameters = sched_param(sched_priority: 4)
    pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters)
  }
}
