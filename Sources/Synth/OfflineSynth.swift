// A SoundFont synthesizer that renders notes to samples as fast as it can, with no audio device.
import CFluidSynth
public import Music

/// Renders notes with FluidSynth, dry (no reverb, no chorus) and repeatably.
///
/// The SoundFont is loaded once. Every render then runs on a fresh FluidSynth instance that borrows the loaded
/// SoundFont, so that a result never depends on what was rendered before: voices, controllers and oscillators
/// start from nothing. Use one `OfflineSynth` from one thread at a time; several threads need one each.
public final class OfflineSynth {
  /// How samples are read between their points.
  public enum Interpolation: Int32, Sendable {
    /// Fast, good enough for analysis.
    case linear = 1
    /// FluidSynth's default, for listening.
    case cubic = 4
  }

  /// The General MIDI percussion channel, counted from 0.
  public static let drumChannel = 9

  /// Output frames a second.
  public let sampleRate: Double
  /// The SoundFont in use.
  public let soundFont: SoundFontFile

  private let interpolation: Interpolation
  private let settings: OpaquePointer
  /// Loaded the SoundFont and keeps it alive; never renders.
  private let keeper: OpaquePointer
  private let loadedFont: OpaquePointer

  /// Loads a SoundFont; this takes up to a second for large ones.
  ///
  /// - Parameters:
  ///   - sampleRate: 8000...96000 Hz.
  ///   - polyphony: voices that sound at once; beyond it FluidSynth drops the least important.
  public init(
    soundFont: SoundFontFile, sampleRate: Double = 22050, polyphony: Int = 64, interpolation: Interpolation = .linear
  ) throws(SynthError) {
    guard (8000...96000).contains(sampleRate) else { throw .sampleRate(sampleRate) }
    guard (1...4096).contains(polyphony) else { throw .polyphony(polyphony) }
    guard FluidSynthPreparation.isDone, let settings = new_fluid_settings() else { throw .unavailable }
    fluid_settings_setnum(settings, "synth.sample-rate", sampleRate)
    fluid_settings_setnum(settings, "synth.gain", 0.4)
    let switches: [(String, Int32)] = [
      ("synth.polyphony", Int32(polyphony)), ("synth.threadsafe-api", 0), ("synth.reverb.active", 0),
      ("synth.chorus.active", 0), ("synth.lock-memory", 0), ("synth.dynamic-sample-loading", 0),
      ("synth.cpu-cores", 1), ("synth.min-note-length", 0),
    ]
    for (name, value) in switches { fluid_settings_setint(settings, name, value) }
    guard let keeper = new_fluid_synth(settings) else {
      delete_fluid_settings(settings)
      throw .unavailable
    }
    let path = soundFont.url.path
    let identifier = fluid_synth_sfload(keeper, path, 0)
    guard identifier >= 0, let font = fluid_synth_get_sfont_by_id(keeper, identifier) else {
      delete_fluid_synth(keeper)
      delete_fluid_settings(settings)
      throw .refused(path: path)
    }
    self.sampleRate = sampleRate
    self.soundFont = soundFont
    self.interpolation = interpolation
    self.settings = settings
    self.keeper = keeper
    self.loadedFont = font
  }

  deinit {
    delete_fluid_synth(keeper)
    delete_fluid_settings(settings)
  }

  /// Renders notes to a mono mix, (left + right) / 2, of `seconds` × `sampleRate` frames.
  ///
  /// Onsets fall on the nearest boundary of 64 frames (±1.5 ms at 22050 Hz). Samples may exceed ±1: nothing is clipped.
  ///
  /// - Parameters:
  ///   - notes: in any order, times in seconds from the start; channel 9 is percussion.
  ///   - programs: General MIDI program (0...127) by channel; a channel without one plays program 0.
  ///   - cents: tuning offset of every melodic channel, -1200...1200.
  ///   - seconds: length of the result; notes beyond it are not heard.
  public func render(
    _ notes: [Note], programs: [Int: Int] = [:], cents: Double = 0, seconds: Double
  ) throws(SynthError) -> [Float] {
    guard seconds >= 0, seconds <= 3600 else { throw .duration(seconds) }
    guard abs(cents) <= 1200 else { throw .tuning(cents: cents) }
    let schedule = try RenderSchedule(notes, sampleRate: sampleRate)
    guard let synth = new_fluid_synth(settings) else { throw .unavailable }
    defer {
      fluid_synth_remove_sfont(synth, loadedFont)
      delete_fluid_synth(synth)
    }
    guard fluid_synth_add_sfont(synth, loadedFont) >= 0 else { throw .unavailable }
    fluid_synth_set_interp_method(synth, -1, interpolation.rawValue)
    for channel in 0..<16 {
      let isDrum = channel == Self.drumChannel
      let program = programs[channel] ?? 0
      guard (0...127).contains(program) else { throw .program(channel: channel, program: program) }
      fluid_synth_program_change(synth, Int32(channel), Int32(program))
      if !isDrum { fluid_synth_set_gen(synth, Int32(channel), Int32(GEN_FINETUNE.rawValue), Float(cents)) }
    }
    if let unknown = programs.keys.first(where: { !(0..<16).contains($0) }) {
      throw .program(channel: unknown, program: programs[unknown] ?? 0)
    }
    return Self.play(schedule, on: synth, frames: Int((seconds * sampleRate).rounded()))
  }

  private static func play(_ schedule: RenderSchedule, on synth: OpaquePointer, frames: Int) -> [Float] {
    var left = [Float](repeating: 0, count: frames)
    var right = [Float](repeating: 0, count: frames)
    var held = [UInt16](repeating: 0, count: 16 * 128)
    var position = 0
    func advance(to frame: Int) {
      let count = min(frame, frames) - position
      guard count > 0 else { return }
      let offset = Int32(position)
      _ = left.withUnsafeMutableBufferPointer { left in
        right.withUnsafeMutableBufferPointer { right in
          fluid_synth_write_float(synth, Int32(count), left.baseAddress, offset, 1, right.baseAddress, offset, 1)
        }
      }
      position += count
    }
    for event in schedule.events {
      guard event.block * RenderSchedule.blockSize < frames else { break }
      advance(to: event.block * RenderSchedule.blockSize)
      let key = Int(event.channel) * 128 + Int(event.pitch)
      if event.isOn {
        held[key] &+= 1
        fluid_synth_noteon(synth, event.channel, event.pitch, event.velocity)
      } else {
        // Where notes of one pitch overlap, only the last release is a release: a note-off would end them all.
        held[key] &-= 1
        if held[key] == 0 { fluid_synth_noteoff(synth, event.channel, event.pitch) }
      }
    }
    advance(to: frames)
    for index in 0..<frames { left[index] = 0.5 * (left[index] + right[index]) }
    return left
  }
}
