// Begins takes, writes them and ends them.

import AudioIO
import Control
import Foundation
import MIDI

/// Keeps what is played while it is on, in files of one take each. One thread owns it; it does all the work on files.
///
/// A failure stops recording with a message and nothing else: what was written stays, and playing goes on.
final class TakeRecorder {
  /// Times, which tests make up.
  struct Clock {
    /// Seconds of the monotonic clock.
    var now: () -> Double
    /// The date and time of day.
    var date: () -> Date
  }

  /// Seconds between two reads of the sound.
  private static let reading = 0.1

  private(set) var configuration: RecordingConfiguration
  private let tap: (any SoundTap)?
  private let limits: TakeLimits
  private let clock: Clock
  private let log: (String) -> Void
  private let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 3 * TapBlock.mostFrames)

  private var isOn = false
  private var audio = false
  private var folder: RecordingFolder?
  private var open: OpenTake?
  private var message: String?
  private var played = ControlChase()
  private var answered = ControlChase()
  private var held = HeldNotes<Int>()
  private var memory: SoundMemory
  /// Bytes of the folder when it was measured, and those of the open take among them.
  private var measured = (all: 0, open: 0)
  private var droppedFrames = 0

  init(
    _ configuration: RecordingConfiguration, tap: (any SoundTap)?, limits: TakeLimits = TakeLimits(), clock: Clock,
    log: @escaping (String) -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.tap = tap
    self.limits = limits
    self.clock = clock
    self.log = log
    memory = SoundMemory(seconds: limits.memory)
    measure()
  }

  deinit { buffer.deallocate() }

  /// How recording stands.
  var summary: RecordingSummary {
    RecordingSummary(
      isOn: isOn, audio: isOn && audio, folder: folder?.path ?? configuration.folder ?? "", file: open?.shownPath,
      bytes: bytes, limit: configuration.limitBytes, message: message)
  }

  /// When the next turn is due, if nothing comes before; nil when nothing is.
  var nextTurn: Double? {
    guard isOn else { return nil }
    if audio { return clock.now() + Self.reading }
    guard let open else { return nil }
    let pause = isHolding ? clock.now() + 1 : open.lastActivity + limits.pause
    return min(open.hasNews ? open.nextSync : .infinity, pause, open.start + limits.longest)
  }

  // MARK: Orders

  /// Begins to keep what is played; the first file is made with the first note.
  func turnOn(audio wantsAudio: Bool) throws(RecordingError) {
    let audio = wantsAudio || configuration.audio
    if isOn && self.audio == (audio && tap != nil) && folder?.path == configuration.folder {
      message = nil
      return
    }
    turnOff()
    guard let path = configuration.folder else { throw .noFolder }
    let folder = RecordingFolder(path: path)
    try folder.prepare()
    self.folder = folder
    measure()
    try checkLimit()
    (isOn, self.audio) = (true, audio && tap != nil)
    if self.audio {
      drain()
      droppedFrames = tap?.droppedTapFrames ?? 0
      tap?.setTap(isOpen: true)
    }
  }

  /// Completes the files and keeps nothing more.
  ///
  /// - Parameter isLasting: waits until the disk has everything.
  func turnOff(isLasting: Bool = true) {
    message = nil
    if isOn {
      do throws(RecordingError) { try end(isLasting: isLasting) } catch { say("\(error)") }
    }
    stop()
  }

  /// Obeys other settings; recording begins or ends where they say so anew.
  func configure(_ configuration: RecordingConfiguration) throws(RecordingError) {
    let old = self.configuration
    self.configuration = configuration
    if configuration.startsOn != old.startsOn {
      if configuration.startsOn { try turnOn(audio: false) } else { turnOff() }
    } else if isOn && configuration.audio != old.audio {
      try turnOn(audio: false)
    }
  }

  // MARK: Turns

  /// Takes in what happened and writes what is due.
  func turn(_ events: [DialogueEvent]) {
    for event in events {
      // One that fails turns recording off; from the others is still learnt what a later take must begin with.
      do throws(RecordingError) { try hear(event) } catch { fail(error) }
    }
    do throws(RecordingError) {
      guard isOn else { return }
      try readSound()
      try endWhenOver()
      try writeWhenDue()
      try checkLimit()
    } catch {
      fail(error)
    }
  }

  private func hear(_ event: DialogueEvent) throws(RecordingError) {
    switch event.kind {
    case .player(let message):
      if isOn {
        held.hear(message, from: 0)
        try add(message, event.time) { $0.play(message, at: $1) }
      }
      played.hear(message)
    case .answer(let message):
      if isOn { try add(message, event.time) { $0.answer(message, at: $1) } }
      answered.hear(message)
    case .silenced:
      guard let open else { return }
      open.take.cutAnswer(at: open.seconds(of: event.time))
      open.hasNews = true
    case .phraseBegan, .phraseEnded, .answerBegan, .answerEnded:
      return
    }
  }

  /// Only notes begin a take or keep it going: a pedal that trembles is no playing.
  private func add(
    _ message: MIDIMessage, _ time: Double, _ body: (inout Take, Double) -> Void
  ) throws(RecordingError) {
    let isNoteOn = if case .noteOn = message { true } else { false }
    let isNoteOff = if case .noteOff = message { true } else { false }
    if isNoteOn && open == nil { try begin(at: time) }
    guard let open else { return }
    if isNoteOn || isNoteOff { open.lastActivity = max(open.lastActivity, time) }
    body(&open.take, open.seconds(of: time))
    open.hasNews = true
  }

  private func readSound() throws(RecordingError) {
    guard audio, let tap else { return }
    while let block = tap.readTap(into: buffer) {
      try hear(block, UnsafeBufferPointer(rebasing: buffer[..<(3 * block.frames)]))
    }
    let dropped = tap.droppedTapFrames - droppedFrames
    guard dropped > 0 else { return }
    droppedFrames += dropped
    say("The disk was too slow for \(dropped) frames of sound; the recording has silence in their place.")
  }

  private func hear(_ block: TapBlock, _ samples: UnsafeBufferPointer<Float>) throws(RecordingError) {
    if let sound = open?.sound, sound.sampleRate != block.sampleRate { try end() }
    let isLoud = samples.contains { abs($0) > limits.loudest }
    guard let take = open else {
      memory.add(block, samples)
      if isLoud { try begin(at: block.seconds) }
      return
    }
    if isLoud {
      let end = block.seconds + Double(block.frames) / Double(max(1, block.sampleRate))
      take.lastActivity = max(take.lastActivity, end)
    }
    if let sound = take.sound { return try sound.append(block, samples) }
    let sound = try TakeSound(path: take.path, sampleRate: block.sampleRate, start: take.start)
    take.sound = sound
    try sound.append(block, samples)
  }

  // MARK: Takes

  private func begin(at time: Double) throws(RecordingError) {
    guard let folder else { return }
    measure()
    try checkLimit()
    let now = clock.now()
    let name = try folder.freeName(at: clock.date().addingTimeInterval(time - now))
    let start = audio ? time - limits.lead : time
    let take = OpenTake(
      folder: folder, name: name, take: Take(name: "Antiphon \(name)", played: played, answered: answered),
      start: start, time: time, now: now)
    if let rate = memory.sampleRate {
      let sound = try TakeSound(path: take.path, sampleRate: rate, start: start)
      take.sound = sound
      try memory.replay(from: start) { block, samples throws(RecordingError) in try sound.append(block, samples) }
    }
    memory.clear()
    open = take
  }

  private func end(isLasting: Bool = true) throws(RecordingError) {
    guard let take = open else { return }
    open = nil
    defer { measure() }
    try take.close(now: clock.now(), isLasting: isLasting)
  }

  private var isHolding: Bool { held.keys(heldBy: 0) > 0 }

  private func endWhenOver() throws(RecordingError) {
    guard let open else { return }
    let now = clock.now()
    let isSilent = !isHolding && now >= open.lastActivity + limits.pause
    let isFull = now >= open.start + limits.longest || open.take.count >= limits.mostMessages
    if isSilent || isFull { try end() }
  }

  private func writeWhenDue() throws(RecordingError) {
    let now = clock.now()
    guard let open, now >= open.nextSync, open.hasNews || open.sound != nil else { return }
    try open.sync(now: now, isLasting: true)
    open.nextSync = now + limits.sync
    measure()
  }

  // MARK: Room

  private var bytes: Int { measured.all - measured.open + (open?.bytes ?? 0) }

  private func measure() {
    let folder = folder ?? configuration.folder.map { RecordingFolder(path: $0) }
    measured = (folder?.bytes ?? 0, open?.bytes ?? 0)
  }

  private func checkLimit() throws(RecordingError) {
    let bytes = bytes
    guard bytes >= configuration.limitBytes, let folder else { return }
    throw .limit(bytes: bytes, folder: folder.path)
  }

  // MARK: Failure

  private func fail(_ error: RecordingError) {
    try? end()  // what can be completed is
    stop()
    say("\(error)")
  }

  private func stop() {
    open = nil
    isOn = false
    held = HeldNotes()
    memory.clear()
    guard audio else { return }
    audio = false
    tap?.setTap(isOpen: false)
    drain()
  }

  /// Throws away what waits, so that it is not taken for the begin of the next take.
  private func drain() {
    while tap?.readTap(into: buffer) != nil {}
  }

  /// Shows and logs a sentence.
  func say(_ sentence: String) {
    message = sentence
    log(sentence)
  }
}
