// The sound of takes: sample for sample, at its time, through gaps, restarts and changes of the rate.
import AudioFile
import AudioIO
import Foundation
import MIDI
import Testing

@testable import Engine

/// Makes cycles of a signal that tells its place, exact in 24 bits.
final class SoundMaker {
  var rate: Double
  var life = 1
  var position = 0
  var isLoud = true
  /// How much faster the sound card's clock runs than the monotonic one.
  var drift = 1.0
  private let tap: FakeTap
  private let frames = 512
  private var clock: Double
  private(set) var isFirst = true

  init(_ tap: FakeTap, rate: Double = 8000, at time: Double = 1000) {
    self.tap = tap
    self.rate = rate
    clock = time
  }

  static func sample(_ channel: Int, _ place: Int) -> Float {
    // Noise, which cannot be compressed; never zero.
    Float(UInt32(truncatingIfNeeded: (place &* 3 &+ channel) &* 2_654_435_761) >> 10 | 1) / 8_388_608
  }

  /// All cycles that end before `time`.
  func run(to time: Double) {
    while clock + Double(frames) / (rate * drift) <= time {
      var block = TapBlock(frames: frames, sampleRate: Int(rate), position: position, seconds: clock)
      block.life = life
      let samples = (0..<3).flatMap { channel in
        (0..<frames).map { isLoud ? Self.sample(channel, position + $0) : 0 }
      }
      tap.push(block, samples)
      advance()
    }
  }

  /// A cycle that the recorder never sees.
  func advance() {
    position += frames
    clock += Double(frames) / (rate * drift)
  }
}

func readSound(_ path: String) throws -> [Float] {
  let file = try SoundFile(path: path)
  let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4096)
  defer { block.deallocate() }
  var samples: [Float] = []
  while true {
    let count = try file.read(into: block)
    if count == 0 { return samples }
    samples += block.prefix(count)
  }
}

@Suite struct TakeSoundTests {
  private func paths(_ stage: RecordingStage) throws -> (output: String, input: String) {
    let input = try #require(stage.files.first { $0.hasSuffix(".in.flac") })
    return (stage.path + "/" + input.dropLast(8) + ".flac", stage.path + "/" + input)
  }

  @Test func aTakeIsAPairOfSoundsThatBeginWithTheNotes() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: true)
    #expect(stage.tap.isOpen)
    let sound = SoundMaker(stage.tap)
    sound.isLoud = false
    stage.run(3) { sound.run(to: $0) }
    #expect(stage.files.isEmpty)
    sound.isLoud = true
    let begin = sound.position
    stage.play(.noteOn(channel: 0, pitch: 60, velocity: 80))  // as the sound begins: within a cycle
    let struck = stage.now
    stage.run(2) { sound.run(to: $0) }
    stage.play(.noteOff(channel: 0, pitch: 60, velocity: 80))
    sound.isLoud = false
    stage.run(31) { sound.run(to: $0) }
    #expect(stage.recorder.summary.file == nil)
    #expect(stage.files.count == 3)
    let (output, input) = try paths(stage)
    let (stereo, mono) = (try readSound(output), try readSound(input))
    #expect(try SoundFile(path: output).channels == 2 && SoundFile(path: input).channels == 1)
    #expect(stereo.count == mono.count)
    // The files begin a quarter of a second before the note.
    let first = try #require(mono.firstIndex { $0 != 0 })
    let zero = begin - first
    #expect(abs(Double(zero) / 8000 - (struck - 1000 - 0.25)) < 0.001)
    for i in first..<(first + 15_000) {
      #expect(mono[i] == SoundMaker.sample(0, zero + i))
      #expect(stereo[i] == (SoundMaker.sample(1, zero + i) + SoundMaker.sample(2, zero + i)) / 2)  // read as a mean
    }
    let notes = try stage.midi(try #require(stage.files.first { $0.hasSuffix(".mid") })).events
    #expect(abs(notes[0].time - 0.25) < 0.001 && abs(notes[1].time - 2.25) < 0.07)
  }

  @Test func soundAloneMakesATakeWithoutNotes() throws {
    let stage = try RecordingStage(audio: true)  // as it is configured
    try stage.recorder.turnOn(audio: false)
    let sound = SoundMaker(stage.tap)
    stage.run(2) { sound.run(to: $0) }
    #expect(stage.recorder.summary.file?.hasSuffix(".flac") == true)
    stage.recorder.turnOff()
    #expect(stage.files.count == 2 && !stage.tap.isOpen)
  }

  @Test func missingFramesAreSilenceAndWhatFollowsIsAtItsTime() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: true)
    let sound = SoundMaker(stage.tap)
    stage.run(1) { sound.run(to: $0) }
    let gap = sound.position
    for _ in 0..<20 { sound.advance() }
    stage.tap.state.withLock { $0.dropped += 20 * 512 }
    stage.run(3) { sound.run(to: $0) }
    stage.recorder.turnOff()
    let mono = try readSound(try paths(stage).input)
    let zero = -2000  // the lead: a quarter of a second before the first sound
    for place in 0..<(gap + 15_000) where place < mono.count + zero {
      let isMissing = (gap..<(gap + 20 * 512)).contains(place)
      #expect(mono[place - zero] == (isMissing ? 0 : SoundMaker.sample(0, place)))
    }
    #expect(stage.log == ["The disk was too slow for 10240 frames of sound; the recording has silence in their place."])
  }

  @Test func aRestartOfTheServerLeavesTheRestAtItsTime() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: true)
    let sound = SoundMaker(stage.tap)
    stage.run(2) { sound.run(to: $0) }
    stage.run(3)  // no server
    let later = SoundMaker(stage.tap, at: stage.now)
    later.life = 2
    stage.run(2) { later.run(to: $0) }
    stage.recorder.turnOff()
    #expect(stage.files.count == 2)
    let mono = try readSound(try paths(stage).input)
    let again = Int((5.25 * 8000).rounded())
    #expect(mono[again - 1] == 0)
    for i in 0..<10_000 { #expect(mono[again + i] == SoundMaker.sample(0, i)) }
  }

  @Test func anotherRateIsAnotherFile() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: true)
    let sound = SoundMaker(stage.tap)
    stage.run(2) { sound.run(to: $0) }
    let other = SoundMaker(stage.tap, rate: 16_000, at: stage.now)
    other.life = 2
    stage.run(2) { other.run(to: $0) }
    stage.recorder.turnOff()
    let rates = try stage.files.filter { $0.hasSuffix(".in.flac") }.map {
      try SoundFile(path: stage.path + "/" + $0).sampleRate
    }
    #expect(rates == [8000, 16_000])
    #expect(stage.log.isEmpty)
  }

  /// Two clocks drift apart; in the files, notes stay with their sounds.
  @Test func notesFollowTheSoundCardsClock() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: true)
    let sound = SoundMaker(stage.tap)
    sound.drift = 1.001
    for _ in 0..<60 {
      stage.play(.noteOn(channel: 0, pitch: 60, velocity: 80))
      stage.run(1) { sound.run(to: $0) }
      stage.play(.noteOff(channel: 0, pitch: 60, velocity: 80))
    }
    stage.recorder.turnOff()
    let events = try stage.midi(try #require(stage.files.first { $0.hasSuffix(".mid") })).events
    let last = try #require(events.last)
    #expect(abs(last.time - (0.25 + 60 * 1.001)) < 0.005)
  }
}
