// Makes single samples: draws, renders and analyses them.
import AudioFile
import Chroma
import Foundation
import Music

/// Makes samples of one data set with renderers of its own. A SoundFont is loaded when a sample first needs it.
///
/// `@unchecked Sendable`: a worker is handed from thread to thread but used by one at a time.
final class SampleWorker: @unchecked Sendable {
  private let set: ScaleDataSet
  private var renderers: [Int: Renderer] = [:]
  private let analyzer: ChromaAnalyzer

  init(_ set: ScaleDataSet) throws {
    self.set = set
    analyzer = try ChromaAnalyzer(sampleRate: Renderer.sampleRate)
  }

  /// Sample `index` of the set; the same on every machine, thread and shard.
  func sample(_ index: Int) throws -> Example {
    let planned = set.plan.sample(index)
    var example = try draw(planned, index: index, attempt: 0)
    // What lies below the silence gate gives features of zeros, which cannot tell two samples apart: draw again.
    for attempt in 1...8 where example.chroma.allSatisfy({ $0 == 0 }) {
      example = try draw(planned, index: index, attempt: attempt)
    }
    return example
  }

  private func draw(_ planned: PlannedSample, index: Int, attempt: Int) throws -> Example {
    // Without the preset in the seed, the test set would improvise what training has heard at the same index.
    let preset = UInt64(ScaleDataSet.Preset.allCases.firstIndex(of: set.preset) ?? 0)
    let stream = set.seed &+ UInt64(attempt) &* 0x5851_F42D_4C95_7F2D &+ preset &* 0xD6E8_FEB8_6659_FD93
    var generator = SplitMix64(seed: stream, index: UInt64(index))
    let font = generator.integer(0...set.soundFonts.count - 1)
    var example = Example(
      chroma: [], frames: 0, tonic: -1, families: 0, kind: .negative, condition: planned.condition,
      split: planned.split, index: index)
    switch planned.content {
    case .piece(let number):
      let piece = set.pieces[number]
      var excerpt = Excerpt.beginning(of: piece.notes)
      if planned.split != .test { excerpt = .varied(of: piece.notes, using: &generator) }
      let tonic = PitchClass(wrapping: piece.tonic.rawValue + excerpt.transposition)
      if planned.split != .test, let family = piece.families.first {
        excerpt.accompany(tonic: tonic, family: family, using: &generator)
      }
      example.kind = piece.source == FolkTunes.source ? .folk : .lieder
      example.tonic = tonic.rawValue
      example.families = Example.mask(piece.families)
      let samples = try render(
        excerpt.notes, seconds: excerpt.seconds, font: font, planned: planned, using: &generator)
      analyse(samples, into: &example)
    case .improvisation(let tonic, let family):
      let lead = generator.chance(0.6) ? 0 : generator.uniform(1...15)
      let improvisation = Improvisation.make(
        tonic: PitchClass(wrapping: tonic), family: family, lead: lead, using: &generator)
      example.kind = .improvisation
      example.tonic = tonic
      example.families = Example.mask([family])
      let samples = try render(
        improvisation.notes, seconds: DataSetShape.seconds, font: font, planned: planned, using: &generator)
      analyse(samples, into: &example)
    case .negative(let ordinal):
      try addNegative(ordinal, font: font, to: &example, using: &generator)
    case .seed(let label):
      let scale = SeedPreset.scale(label)
      let notes = SeedPreset.notes(scale, noteLength: set.seedNoteLength, using: &generator)
      example.kind = .seed
      example.tonic = scale.tonic.rawValue
      example.families = Example.mask([scale.family])
      // A piano throughout: the notes are what varies.
      let samples = try renderer(font).render(
        notes, timbre: .solo(0), seconds: SeedPreset.seconds, using: &generator)
      analyse(samples, into: &example)
    }
    return example
  }

  private func render(
    _ notes: [Note], seconds: Double, font: Int, planned: PlannedSample, using generator: inout SplitMix64
  ) throws -> [Float] {
    let timbre = Timbre.random(using: &generator)
    let isHard = planned.condition == .hard
    let cents: Double = switch planned.split {
    case .test: isHard ? generator.uniform(-30...30) : 0
    case .train, .validation: isHard || generator.chance(0.3) ? generator.uniform(-45...45) : 0
    }
    return try renderer(font).render(
      notes, timbre: timbre, condition: isHard ? .hard : .clean, detuneCents: cents, seconds: seconds,
      using: &generator)
  }

  private func addNegative(
    _ ordinal: Int, font: Int, to example: inout Example, using generator: inout SplitMix64
  ) throws {
    let files = set.negativeFiles
    if !files.isEmpty && (ordinal / 2) % 2 == 0 {
      let file = files[(ordinal / 4 * 2 + ordinal % 2) % files.count]
      let (samples, rate) = try SoundExcerpt.random(from: file, seconds: DataSetShape.seconds, using: &generator)
      analyse(samples, into: &example, with: try ChromaAnalyzer(sampleRate: rate))
    } else {
      // Not all negatives are long: a word or a bang must not become a scale either.
      let seconds = generator.chance(0.7) ? DataSetShape.seconds : generator.uniform(3...DataSetShape.seconds)
      let negatives = Negatives(renderer: try renderer(font))
      analyse(try negatives.random(seconds: seconds, using: &generator).samples, into: &example)
    }
  }

  private func analyse(_ samples: [Float], into example: inout Example) {
    example.sound = samples
    analyse(samples, into: &example, with: analyzer)
  }

  private func analyse(_ samples: [Float], into example: inout Example, with analyzer: ChromaAnalyzer) {
    analyzer.reset()
    var steps: [Float] = []
    steps.reserveCapacity(set.steps * DataSetShape.bands * DataSetShape.pitchClasses)
    var frames = 0
    samples.withUnsafeBufferPointer { buffer in
      analyzer.process(buffer) { frame in
        guard let step = frame.step, frames < set.steps, ChromaFrame.sounds(step) else { return }
        steps += step
        frames += 1
      }
    }
    // A sound without a single step is one step of silence.
    if frames == 0 { steps = [Float](repeating: 0, count: DataSetShape.bands * DataSetShape.pitchClasses) }
    example.chroma = steps
    example.frames = max(1, frames)
  }

  private func renderer(_ font: Int) throws -> Renderer {
    if let renderer = renderers[font] { return renderer }
    let renderer = try Renderer(soundFont: set.soundFonts[font])
    renderers[font] = renderer
    return renderer
  }
}
