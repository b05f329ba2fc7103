// The classes of time and velocity.
import Testing

@testable import Improviser

@Suite struct NoteVocabularyTests {
  @Test func theTableIsAscendingAndComplete() {
    #expect(NoteVocabulary.times.count == NoteVocabulary.timeCount)
    #expect(zip(NoteVocabulary.times, NoteVocabulary.times.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func everyTimeOfTheTableIsItsOwnClass() {
    for (index, ticks) in NoteVocabulary.times.enumerated() {
      #expect(NoteVocabulary.intervalClass(ticks: ticks) == index)
    }
  }

  @Test(arguments: [(5, 5), (7, 6), (13, 8), (14, 9), (1000, 39), (-3, 0), (500, 39), (450, 38)])
  func otherTimesBelongToTheNearestInRatio(ticks: Int, expected: Int) {
    #expect(NoteVocabulary.intervalClass(ticks: ticks) == expected)
  }

  @Test func aNoteLastsAtLeastATick() {
    #expect(NoteVocabulary.durationClass(ticks: 0) == 1)
    #expect(NoteVocabulary.durationClass(ticks: -5) == 1)
  }

  @Test func velocitiesComeBackWithinTheirClass() {
    for velocity in 0...127 {
      let index = NoteVocabulary.velocityClass(velocity)
      #expect(abs(NoteVocabulary.velocity(ofClass: index) - velocity) <= 4)
    }
    #expect(NoteVocabulary.velocityClass(400) == 15)
  }
}
