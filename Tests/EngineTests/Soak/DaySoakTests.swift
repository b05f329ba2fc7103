// A day in minutes: memory stays flat, and what was counted agrees with what was done.

import Foundation
import Testing

@testable import AudioIO
@testable import Engine

/// `ANTIPHON_SOAK_HOURS` makes it shorter or longer.
private let hours = ProcessInfo.processInfo.environment["ANTIPHON_SOAK_HOURS"].flatMap { Int($0) } ?? 24

@Suite struct DaySoakTests {
  /// In a process of its own, for other suites take memory as well.
  @Test(.timeLimit(.minutes(60))) func aDayLeavesNothingBehind() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      let say = { (text: String) in FileHandle.standardError.write(Data((text + "\n").utf8)) }
      let folder = FileManager.default.temporaryDirectory.appending(path: "antiphon-day-\(getpid())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let day = try Day(seed: 17, state: folder.path)
      var early: Int?
      day.live(hours: hours) { hour in
        if hour == max(1, hours / 12) { early = residentBytes }
        if hour % 6 == 0 { say("hour \(hour): \(residentBytes >> 10) KiB") }
      }
      let growth = residentBytes - (early ?? residentBytes)
      let (tally, dialogue, stage) = (day.tally, day.stage.dialogue, day.stage)
      say("\(hours) h: \(tally), \(day.ear.readouts) readouts, silence \(day.silence) h, grew by \(growth) bytes")
      let checks: [(String, Bool)] = [
        ("something was played, answered, asked and killed",
         tally.played > 100 && tally.answered > 100 && tally.commands > 20 && (hours < 6 || tally.kills > 5)),
        ("notes played", dialogue.played == tally.played),
        ("notes answered", dialogue.answered == tally.answered),
        ("each note of an answer was ended", tally.ended == tally.answered),
        ("answers come after phrases", tally.answers <= tally.phrases),
        ("right commands were obeyed", tally.refusals == 0),
        ("overruns", stage.hands.report.overruns == tally.overruns),
        ("restarts", day.supervisor.restarts == tally.kills && day.server.opened == tally.kills + 1),
        ("rebuilds", day.ear.rebuilds == tally.rebuilds),
        ("the audio side is active", day.supervisor.state == .active),
        ("no event of the dialogue was lost", stage.feed.dropped == 0),
        ("nothing sounds", stage.sink.sounding.notes.isEmpty && stage.voice.answer.notes.isEmpty),
        ("nothing is due", stage.hands.schedule.soundingCount == 0 && stage.hands.schedule.nextDeadline == nil),
        ("memory", growth < 4 << 20),
      ]
      for (name, holds) in checks where !holds { say("does not hold: \(name)") }
      try? FileManager.default.removeItem(at: folder)
      exit(EXIT_SUCCESS)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    print(text)
    #expect(text.contains(" h: ") && !text.contains("does not hold"))
  }
}
