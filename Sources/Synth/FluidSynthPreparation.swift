// What must happen once in a process before FluidSynth is used.
import CFluidSynth

/// FluidSynth's log is process-wide and silenced, since every failure that matters comes back as a typed error. Its
/// tables are filled by the first synthesizer made, without a lock that a second thread would wait for, so the first
/// one is made here.
enum FluidSynthPreparation {
  /// False when FluidSynth cannot be started.
  static let isDone: Bool = {
    for level in [FLUID_PANIC, FLUID_ERR, FLUID_WARN, FLUID_INFO, FLUID_DBG] {
      fluid_set_log_function(Int32(level.rawValue), nil, nil)
    }
    guard let settings = new_fluid_settings() else { return false }
    defer { delete_fluid_settings(settings) }
    guard let first = new_fluid_synth(settings) else { return false }
    delete_fluid_synth(first)
    return true
  }()
}
