// Makes synthesizers for the sessions, in a thread of its own: a SoundFont takes up to a second to load.
internal import Foundation
internal import Synchronization
internal import Synth

/// Gives every session a synthesizer of its rate, and another when the rate or the settings change.
final class SynthLoader: Sendable {
  private struct Job: Sendable {
    var configuration: SynthConfiguration
    var sampleRate: Int
    var context: ProcessContext
  }

  private struct State: Sendable {
    var configuration: SynthConfiguration
    var version = 0  // of `configuration`
    var isBuilding = false
    var next: Job?
    // What was asked for last.
    var askedVersion = -1
    var askedRate = 0
    weak var askedContext: ProcessContext?
    weak var pastContext: ProcessContext?  // of the server before, until the ear has let go of it
    var hasPast = false
    var soundFont: String?
    var problem: String?
  }

  private let state: Mutex<State>

  init(configuration: SynthConfiguration) { state = Mutex(State(configuration: configuration)) }

  /// Takes effect at the next look. Any thread.
  func set(_ configuration: SynthConfiguration) {
    state.withLock { state in
      state.configuration = configuration
      state.version += 1
    }
  }

  /// True when the voice is a period late on purpose. Any thread.
  var isAhead: Bool { state.withLock { $0.configuration.rendering == .ahead } }
  /// Name of the SoundFont that was loaded last, and why there is no sound. Any thread.
  var report: (soundFont: String?, problem: String?) { state.withLock { ($0.soundFont, $0.problem) } }

  /// Frees what the audio thread is done with, and begins to load what the session lacks. Supervising thread.
  func look(_ context: ProcessContext) {
    // What a SoundFont held, and one that died with its server, is a lot; the allocator would keep it for itself.
    if context.exchange.collect() || hasLostPast() { ProcessMemory.giveBack() }
    let rate = context.sampleRate.load(ordering: .relaxed)
    let isNew = state.withLock { state in
      let isKnown = state.askedContext === context && state.askedRate == rate && state.askedVersion == state.version
      if isKnown || rate == 0 { return false }
      if state.askedVersion >= 0, state.askedContext !== context {
        state.pastContext = state.askedContext
        state.hasPast = true
      }
      state.askedContext = context
      state.askedRate = rate
      state.askedVersion = state.version
      context.isAhead.store(state.configuration.rendering == .ahead, ordering: .relaxed)
      state.next = Job(configuration: state.configuration, sampleRate: rate, context: context)
      if state.isBuilding { return false }
      state.isBuilding = true
      return true
    }
    guard isNew else { return }
    let thread = Thread { [self] in work() }
    thread.name = "soundfont"
    thread.start()
  }

  /// True once after the session before was freed, and its synthesizer with it.
  private func hasLostPast() -> Bool {
    state.withLock { state in
      guard state.hasPast, state.pastContext == nil else { return false }
      state.hasPast = false
      return true
    }
  }

  private func work() {
    while let job = takeJob() { build(job) }
    ProcessMemory.giveBack()
  }

  private func takeJob() -> Job? {
    state.withLock { state in
      defer { state.next = nil }
      if state.next == nil { state.isBuilding = false }
      return state.next
    }
  }

  private func build(_ job: Job) {
    guard let file = job.configuration.soundFont else {
      job.context.exchange.withdraw()
      return note(
        nil, "No SoundFont is loaded, so nothing sounds: install one (Debian: apt install fluid-soundfont-gm) "
          + "or name one with --soundfont.")
    }
    do {
      let voice = try SynthVoice(configuration: job.configuration, sampleRate: job.sampleRate)
      job.context.exchange.offer(voice)
      note(file.url.lastPathComponent, nil)
    } catch {
      job.context.exchange.withdraw()
      note(nil, sentence(error, job))
    }
  }

  private func sentence(_ error: SynthError, _ job: Job) -> String {
    if case .sampleRate = error {
      return "The synthesizer cannot run at the server's \(job.sampleRate) Hz, so nothing sounds: "
        + "start JACK with a rate from 8000 to 96000 Hz."
    }
    return "\(error)"
  }

  private func note(_ soundFont: String?, _ problem: String?) {
    state.withLock { state in
      state.soundFont = soundFont
      state.problem = problem
    }
  }
}
