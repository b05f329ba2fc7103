// Takes begin and end, files are complete at any time, and whatever goes wrong is said and survived.
import Control
import Foundation
import MIDI
import Testing

@testable import Engine

private func permissions(_ path: String) throws -> Int? {
  try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}

@Suite struct TakeRecorderTests {
  @Test func eachTakeIsAFile() throws {
    let stage = try RecordingStage()
    stage.strike(50)  // while it is off
    try stage.recorder.turnOn(audio: false)
    #expect(stage.files.isEmpty)
    #expect(stage.recorder.summary.isOn && stage.recorder.summary.file == nil)
    stage.strike(60)
    #expect(stage.files.count == 1)
    #expect(stage.recorder.summary.file == stage.path + "/" + stage.files[0])
    stage.run(29)
    stage.strike(62)  // the same take
    stage.run(31)
    #expect(stage.recorder.summary.file == nil)
    stage.run(100)
    stage.strike(64)
    stage.run(31)
    let files = stage.files
    #expect(files.count == 2)
    let first = try stage.midi(files[0])
    #expect(first.events.map(\.message.channel).count == 4)
    #expect(abs(first.events[2].time - 29.5) < 0.01)
    #expect(try stage.midi(files[1]).events.count == 2)
    #expect(try permissions(stage.path) == 0o700)
    #expect(try permissions(stage.path + "/" + files[0]) == 0o600)
    #expect(stage.log.isEmpty)
  }

  @Test func namesAreTheLocalTimeAndNeverTaken() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: false)
    stage.strike(60)
    let name = try #require(stage.files.first)
    #expect(name.wholeMatch(of: /\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.mid/) != nil)
    var time = time_t(1_795_292_103)
    var parts = tm()
    localtime_r(&time, &parts)
    let clock = String(format: " %02d.%02d.%02d", parts.tm_hour, parts.tm_min, parts.tm_sec)
    #expect(name.hasPrefix("2026-11-2") && name.contains(clock))
    // The clock is set back: the same second comes again, twice.
    let first = try Data(contentsOf: URL(fileURLWithPath: stage.path + "/" + name))
    for _ in 0..<2 {
      stage.recorder.turnOff()
      try stage.recorder.turnOn(audio: false)
      stage.setWall(1_795_292_103)
      stage.strike(72)
    }
    stage.recorder.turnOff()
    let base = String(name.dropLast(4))
    #expect(stage.files == [name, base + "_2.mid", base + "_3.mid"])
    #expect(try stage.midi(name).events.count == 2)
    #expect(try Data(contentsOf: URL(fileURLWithPath: stage.path + "/" + name)).count >= first.count)
  }

  @Test func theFileOnDiskIsCompleteAtAnyTimeAndFiveSecondsOldAtMost() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: false)
    var played = 0
    for _ in 0..<100 {
      stage.play(.noteOn(channel: 0, pitch: 60, velocity: 80))
      played += 1
      stage.run(0.37)
      let file = try stage.midi(try #require(stage.files.first))
      let starts = file.events.filter { if case .noteOn = $0.message { true } else { false } }.count
      #expect(starts >= played - 14 && starts > 0)
      #expect(stage.files.count == 1)
      // Held notes are ended in the file.
      #expect(file.events.count == starts + min(starts, HeldNotes<Int>.mostPresses))
    }
  }

  @Test func aHeldKeyKeepsTheTakeButNotForever() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: false)
    stage.play(.noteOn(channel: 0, pitch: 60, velocity: 80))
    stage.run(300, step: 1)
    #expect(stage.recorder.summary.file != nil)
    stage.run(3400, step: 1)
    #expect(stage.recorder.summary.file == nil)
    #expect(abs(try stage.midi(stage.files[0]).duration - 3600) < 2)
    stage.play(.noteOff(channel: 0, pitch: 60, velocity: 64))
    #expect(stage.files.count == 1)
  }

  @Test func aTakeOfVeryManyMessagesIsCut() throws {
    var limits = TakeLimits()
    limits.mostMessages = 100
    let stage = try RecordingStage(limits: limits)
    try stage.recorder.turnOn(audio: false)
    for _ in 0..<120 { stage.strike(60, seconds: 0.1) }
    stage.recorder.turnOff()
    #expect(try stage.files.map { try stage.midi($0).events.count } == [100, 100, 40])
  }

  @Test func pedalsBeginNoTakeAndKeepNone() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: false)
    stage.play(.controlChange(channel: 0, controller: 64, value: 127))
    stage.run(1)
    #expect(stage.files.isEmpty)
    stage.strike(60)
    for i in 0..<40 {
      stage.play(.controlChange(channel: 0, controller: 11, value: i))
      stage.run(1)
    }
    #expect(stage.recorder.summary.file == nil)
    let first = try stage.midi(stage.files[0]).events.first
    #expect(first?.message == .controlChange(channel: 0, controller: 64, value: 127))
  }

  @Test func theLimitStopsRecordingWithASentenceAndDeletesNothing() throws {
    let stage = try RecordingStage(limit: 2000)
    try stage.recorder.turnOn(audio: false)
    stage.strike(60)
    stage.run(31)
    for _ in 0..<300 where stage.recorder.summary.isOn { stage.strike(64, seconds: 0.2) }
    let summary = stage.recorder.summary
    #expect(!summary.isOn && summary.bytes >= 2000 && summary.bytes < 3000 && summary.limit == 2000)
    let expected = "The recordings take 2.0 kB, the limit: recording has stopped; remove some from \(stage.path) "
      + "or raise record.limit."
    #expect(summary.message?.replacing(/take [\d.]+ kB/, with: "take 2.0 kB") == expected)
    #expect(stage.log.count == 1)
    #expect(stage.files.count == 2)
    for file in stage.files { #expect(try stage.midi(file).events.count >= 2) }
    #expect(throws: RecordingError.self) { try stage.recorder.turnOn(audio: false) }
    // The user makes room.
    try FileManager.default.removeItem(atPath: stage.path + "/" + stage.files[1])
    try stage.recorder.turnOn(audio: false)
    #expect(stage.recorder.summary.isOn && stage.recorder.summary.message == nil)
  }

  @Test func whatIsSetWhileRecordingFailsIsKnownToTheNextTake() throws {
    let stage = try RecordingStage(limit: 100)
    try stage.recorder.turnOn(audio: false)
    try Data(count: 100).write(to: URL(fileURLWithPath: stage.path + "/large"))
    let kinds: [MIDIMessage] = [
      .noteOn(channel: 0, pitch: 60, velocity: 80), .programChange(channel: 0, program: 5),
      .noteOff(channel: 0, pitch: 60, velocity: 64),
    ]
    stage.recorder.turn(kinds.map { DialogueEvent(time: stage.now, .player($0)) })
    #expect(!stage.recorder.summary.isOn)
    try FileManager.default.removeItem(atPath: stage.path + "/large")
    try stage.recorder.turnOn(audio: false)
    stage.play(.noteOn(channel: 0, pitch: 62, velocity: 80))
    let file = try #require(stage.files.first)
    let messages = try stage.midi(file).events.map(\.message)
    #expect(messages.contains(.programChange(channel: 0, program: 5)))
  }

  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    let stage = try RecordingStage(below: "/file/recordings")
    try Data().write(to: URL(fileURLWithPath: stage.folder.path + "/file"))
    let error = #expect(throws: RecordingError.self) { try stage.recorder.turnOn(audio: false) }
    #expect("\(try #require(error))".hasPrefix("The folder \(stage.path) for recordings cannot be used ("))
    #expect(!stage.recorder.summary.isOn)
    stage.strike(60)
    let homeless = TakeRecorder(
      RecordingConfiguration(folder: nil), tap: nil, clock: TakeRecorder.Clock(now: { 0 }, date: { Date() }))
    #expect(throws: RecordingError.noFolder) { try homeless.turnOn(audio: false) }
  }

  @Test(arguments: [false, true]) func aFolderThatVanishesStopsRecordingWithASentence(audio: Bool) throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: audio)
    let sound = SoundMaker(stage.tap)
    stage.strike(60)
    stage.run(1) { sound.run(to: $0) }
    try FileManager.default.removeItem(atPath: stage.path)
    stage.play(.noteOn(channel: 0, pitch: 64, velocity: 80))
    stage.run(6) { sound.run(to: $0) }
    #expect(!stage.recorder.summary.isOn && stage.log.count == 1)
    #expect(stage.recorder.summary.message?.contains("recording has stopped") == true)
    #expect(!stage.tap.isOpen)
    try stage.recorder.turnOn(audio: audio)
    stage.strike(60)
    stage.recorder.turnOff()
    #expect(stage.files.contains { $0.hasSuffix(".mid") })
  }

  /// Root writes everywhere: then there is nothing to see.
  @Test(.enabled(if: getuid() != 0, "root may write to any folder")) func aReadOnlyFolderIsNamed() throws {
    let stage = try RecordingStage()
    try stage.recorder.turnOn(audio: false)
    #expect(chmod(stage.path, 0o500) == 0)
    stage.strike(60)
    #expect(stage.recorder.summary.message?.contains("Permission denied") == true)
    chmod(stage.path, 0o700)
  }

  @Test func leftoversOfACrashAreRemovedButNobodyElsesFiles() throws {
    let stage = try RecordingStage()
    try FileManager.default.createDirectory(atPath: stage.path, withIntermediateDirectories: true)
    let names = [".4194304-2026-01-01 00.00.00.mid", ".1-2026-01-01 00.00.00.mid", ".notes.mid", "mine.mid"]
    for name in names { try Data([1]).write(to: URL(fileURLWithPath: stage.path + "/" + name)) }
    try stage.recorder.turnOn(audio: false)
    #expect(stage.files == [".1-2026-01-01 00.00.00.mid", ".notes.mid", "mine.mid"])
    #expect(stage.recorder.summary.bytes == 3)
  }

  @Test func turnsAreDueOnlyWhenThereIsWork() throws {
    let stage = try RecordingStage()
    #expect(stage.recorder.nextTurn == nil)
    try stage.recorder.turnOn(audio: false)
    #expect(stage.recorder.nextTurn == nil)
    stage.strike(60, seconds: 0.1)
    #expect(try #require(stage.recorder.nextTurn) <= stage.now + 5)
    stage.run(6)
    #expect(try #require(stage.recorder.nextTurn) > stage.now + 20)
    stage.recorder.turnOff()
    try stage.recorder.turnOn(audio: true)
    #expect(try #require(stage.recorder.nextTurn) <= stage.now + 0.1)
  }

  /// What a full disk says, from a file system that is as full as it gets.
  @Test(.enabled(if: getuid() == 0, "only root can mount a small file system")) func aFullDiskStopsRecording() throws {
    let stage = try RecordingStage()
    let disk = stage.folder.path + "/state"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    guard mount("none", disk, "tmpfs", 0, "size=256k") == 0 else { return }  // in a container it may be refused
    defer { umount2(disk, 2) }
    try stage.recorder.turnOn(audio: true)
    let sound = SoundMaker(stage.tap)
    stage.play(.noteOn(channel: 0, pitch: 60, velocity: 80))
    stage.run(20) { sound.run(to: $0) }
    #expect(!stage.recorder.summary.isOn)
    #expect(stage.recorder.summary.message?.contains("No space left on device") == true)
    #expect(try stage.midi(try #require(stage.files.first { $0.hasSuffix(".mid") })).events.count == 2)
  }
}
