// Windows of parallel sequences: everything is read once a pass, in order, and continued exactly.
import Improviser
import Testing

@testable import Training

@Suite struct NoteStreamsTests {
  private let sequences = [5, 30, 12, 7, 21].enumerated().map { NoteFixtures.sequence($0.offset, notes: $0.element) }

  private func streams(isEndless: Bool, hasEnds: Bool = true) -> NoteStreams {
    NoteStreams(
      NoteSource(sequences), reading: NoteReading(hasEnds: hasEnds), rows: 3, augmentation: .none, seed: 1,
      isEndless: isEndless)
  }

  @Test func eachNoteIsPredictedOnce() throws {
    var dry = streams(isEndless: false)
    var notes = 0
    var ends = 0
    var starts = 0
    while let batch = try dry.window(steps: 8) {
      notes += batch.noteCount
      let intervals = batch.targets[NoteAttribute.interval.rawValue]
      ends += intervals.count { $0 == Int64(NoteVocabulary.end) }
      for cell in intervals.indices where intervals[cell] != Int64(NoteBatch.nothing) && batch.keep[cell] == 0 {
        starts += 1
        #expect(batch.heard[NoteAttribute.pitch.rawValue][cell] == Int64(NoteVocabulary.start))
      }
    }
    #expect(notes == 75)
    #expect(ends == 5)
    #expect(starts == 5)
  }

  @Test func endsAreLeftOutWhereIntervalsAreNotPredicted() throws {
    var dry = streams(isEndless: false, hasEnds: false)
    while let batch = try dry.window(steps: 8) {
      #expect(!batch.targets[NoteAttribute.interval.rawValue].contains(Int64(NoteVocabulary.end)))
    }
  }

  @Test func aRowHearsWhatItPredictedBefore() throws {
    var endless = streams(isEndless: true)
    var last: [Int64?] = [nil, nil, nil]
    for _ in 0..<20 {
      let batch = try #require(try endless.window(steps: 7))
      for step in 0..<7 {
        for row in 0..<3 {
          let cell = step * 3 + row
          if batch.keep[cell] == 1 { #expect(batch.heard[1][cell] == last[row]) }
          last[row] = batch.targets[1][cell]
        }
      }
    }
  }

  @Test func restoredStreamsGoOnExactly() throws {
    var augmentation = NoteAugmentation()
    augmentation.hiddenScales = 0.5
    func make() -> NoteStreams {
      let told = sequences.map {
        NoteFixtures.sequence(Int($0.name) ?? 0, notes: $0.events.count, scale: NoteFixtures.dDorian)
      }
      return NoteStreams(
        NoteSource(told), reading: NoteReading(), rows: 3, augmentation: augmentation, seed: 4, isEndless: true)
    }
    var one = make()
    for _ in 0..<11 { _ = try one.window(steps: 9) }
    var other = make()
    try other.restore(one.position)
    for _ in 0..<5 {
      let (a, b) = (try one.window(steps: 9), try other.window(steps: 9))
      #expect(a?.heard == b?.heard)
      #expect(a?.targets == b?.targets)
      #expect(a?.scales == b?.scales)
      #expect(a?.keep == b?.keep)
    }
    #expect(throws: TrainingError.self) { try other.restore([0, 0, 1]) }
    #expect(throws: TrainingError.self) { try other.restore([Int64](repeating: 99, count: 11)) }
  }

  @Test func rowsOfAWindowAreWhatTheyWereInIt() throws {
    var endless = streams(isEndless: true)
    let whole = try #require(try endless.window(steps: 7))
    let part = whole.rows(1..<3)
    #expect(part.rows == 2)
    for step in 0..<7 {
      for row in 0..<2 {
        let (own, cell) = (step * 2 + row, step * 3 + row + 1)
        for attribute in 0..<4 {
          #expect(part.heard[attribute][own] == whole.heard[attribute][cell])
          #expect(part.targets[attribute][own] == whole.targets[attribute][cell])
        }
        #expect(part.keep[own] == whole.keep[cell])
        #expect(part.lowest[own] == whole.lowest[cell])
      }
    }
    #expect(whole.rows(0..<1).noteCount + part.noteCount == whole.noteCount)
    #expect(whole.rows(0..<3).heard == whole.heard)
  }

  @Test func aTenthOfTheSequencesIsNotToldItsCondition() throws {
    let many = (0..<300).map { NoteFixtures.sequence($0, notes: 4) }
    let reading = NoteReading { sequence throws(TrainingError) in
      var classes = try NoteClasses(sequence)
      classes.condition = 3
      return classes
    }
    var told = 0
    var untold = 0
    var streams = NoteStreams(
      NoteSource(many), reading: reading, rows: 1, augmentation: NoteAugmentation(), seed: 1, isEndless: true)
    for _ in 0..<300 {
      let batch = try #require(try streams.window(steps: 5))
      #expect(Set(batch.condition).count == 1, "one sequence is told throughout or not at all")
      if batch.condition[0] == 3 { told += 1 } else { untold += 1 }
    }
    #expect((15...50).contains(untold), "of 300")
    #expect(told + untold == 300)
  }

  @Test func tokensMayFollowEachOtherInAnyOrder() {
    let classes = NoteClasses(tokens: [9, 3, 3], noteCounts: [1, 4, 2], extraNats: [0.5, 0, 1])
    var batch = NoteBatch(steps: 3, rows: 1, startToken: 12)
    for index in 0..<3 { batch.set(step: index, row: 0, classes, index: index) }
    #expect(batch.heard[1] == [12, 9, 3])
    #expect(batch.targets[1] == [9, 3, 3])
    #expect(batch.lowest == [0, 0, 0])
    #expect(batch.noteCount == 7)
    #expect(batch.extraNats == 1.5)
  }

  @Test func variationsKeepTheMusic() throws {
    let sequence = NoteFixtures.sequence(3, notes: 50, scale: NoteFixtures.dDorian)
    var shifts: Set<Int> = []
    var lengths: Set<Int> = []
    for index in 0..<200 {
      var random = SplitMix64(seed: 9, index: UInt64(index))
      let varied = NoteAugmentation().vary(sequence, random: &random)
      let shift = varied.events[0].pitch - sequence.events[0].pitch
      shifts.insert(shift)
      lengths.insert(varied.events[1].duration)
      #expect(zip(varied.events, sequence.events).allSatisfy { $0.pitch - $1.pitch == shift })
      #expect(varied.events.allSatisfy { (1...127).contains($0.velocity) && $0.duration >= 1 })
      #expect(varied.scale?.tonic == sequence.scale?.tonic.transposed(by: shift))
      _ = try NoteClasses(varied)
    }
    #expect(shifts == Set(-5...6))
    #expect(lengths.count == 3)
    var random = SplitMix64(seed: 9, index: 1)
    #expect(NoteAugmentation.none.vary(sequence, random: &random) == sequence)
  }

  @Test func transpositionStaysWithinThePitches() throws {
    var sequence = NoteFixtures.sequence(3, notes: 20)
    sequence.events[0].pitch = 126
    sequence.events[5].pitch = 1
    for index in 0..<50 {
      var random = SplitMix64(seed: 10, index: UInt64(index))
      let varied = NoteAugmentation().vary(sequence, random: &random)
      #expect(varied.events.allSatisfy { (0...127).contains($0.pitch) })
    }
  }
}
