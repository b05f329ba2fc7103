// How long answers are and where they come to rest.

import Testing

@testable import Improviser

struct AnswerPlanTests {
  private func phrase(beats: Int) throws -> Phrase {
    let events = (0..<beats * 2).map { NoteEvent(interval: 12, pitch: 60 + $0 % 7, duration: 12, velocity: 80) }
    return try #require(Phrase(events: events, positions: (0..<beats * 2).map { $0 * 12 }, beat: 0.5))
  }

  @Test(arguments: [4, 5, 8, 16])
  func isAsLongAsThePhrase(beats: Int) throws {
    let plan = AnswerPlan(try phrase(beats: beats), length: 1, beat: 0.5, phase: 0)
    #expect(plan.ticks == beats * 24)
    #expect(plan.finalPosition % 24 == 0)
    #expect(plan.finalPosition + plan.finalDuration(at: plan.finalPosition) == plan.ticks)
  }

  @Test func lastsOneToEightSecondsTimesTheSetting() throws {
    #expect(AnswerPlan(try phrase(beats: 1), length: 1, beat: 0.5, phase: 0).ticks == 48)
    #expect(AnswerPlan(try phrase(beats: 100), length: 1, beat: 0.5, phase: 0).ticks == 16 * 24)
    #expect(AnswerPlan(try phrase(beats: 8), length: 2, beat: 0.5, phase: 0).ticks == 16 * 24)
    #expect(AnswerPlan(try phrase(beats: 8), length: 1, ticks: 96, beat: 0.5, phase: 0).ticks == 96)
  }

  @Test func restsOnTheBeatOfAnUpbeatToo() throws {
    let plan = AnswerPlan(try phrase(beats: 8), length: 1, beat: 0.5, phase: 12)
    #expect((plan.finalPosition + 12) % 24 == 0)
  }

  @Test func everyWalkEndsOnTheFinalPlaceOrAStrongOne() throws {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<2000 {
      let length = 0.25 + 3.75 * generator.uniform()
      let phase = Int(generator.next() % 24)
      let beat = 0.3 + 0.7 * generator.uniform()
      let plan = AnswerPlan(try phrase(beats: 1 + Int(generator.next() % 12)), length: length, beat: beat, phase: phase)
      var position = 0
      while true {
        let next = plan.interval(NoteVocabulary.times[1 + Int(generator.next() % 39)], after: position)
        #expect(next.ticks > 0)
        position += next.ticks
        if next.isFinal { break }
      }
      #expect(position == plan.finalPosition)
      #expect((position + phase) % 6 == 0)
      #expect(plan.finalDuration(at: position) > 0)
    }
  }

  @Test func aPlanThatWasShortenedEndsAtTheNextStrongPlace() throws {
    let plan = AnswerPlan(try phrase(beats: 4), length: 1, beat: 0.5, phase: 0)
    let next = plan.interval(12, after: 1000)
    #expect(next.isFinal)
    #expect((1000 + next.ticks) % 24 == 0)
  }
}
