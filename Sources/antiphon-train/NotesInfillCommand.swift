// The command antiphon-train notes infill.
import ArgumentParser
import Foundation
import MIDI
import Training

/// Writes other notes into the middle of a piece.
struct NotesInfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infill", abstract: "Draws other pitches for some bars of a MIDI file.",
    discussion: """
      The model must hear both sides (--model bilstm-attention in training). The rhythm stays as it is, and so does \
      everything outside the bars. The same seed gives the same notes.
      """)

  @Argument(help: "The model file.")
  var model: String

  @Argument(help: "The MIDI file to fill in.")
  var input: String

  @Option(help: "The bars to fill in, such as 5-8, counted from 1 in the file's meter.")
  var bars: String

  @Option(name: .shortAndLong, help: "The MIDI file to write.")
  var output: String

  @Option(help: "Below 1 safer, above 1 bolder.")
  var temperature = 1.0

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (0.05...4).contains(temperature) else {
      throw ValidationError("--temperature is \(temperature); give a number from 0.05 to 4.")
    }
    _ = try range()
  }

  func run() throws {
    let filler = try Infilling(model: URL(fileURLWithPath: model))
    let file = try StandardMIDIFile(contentsOf: URL(fileURLWithPath: input))
    let bar = file.timeSignatures.first?.quartersPerBar ?? 4
    let range = try range()
    let quarters = Double(range.lowerBound - 1) * bar..<Double(range.upperBound) * bar
    guard quarters.lowerBound < file.durationInQuarters else {
      throw ValidationError(
        "--bars is \(bars), but \(input) ends in bar \(max(1, Int((file.durationInQuarters / bar).rounded(.up)))).")
    }
    let notes = try filler.fill(file.scoreNotes(), in: quarters, temperature: temperature, seed: seed)
    let channels = Set(notes.map(\.channel))
    let programs = Dictionary(uniqueKeysWithValues: channels.map { ($0, file.program(onChannel: $0, at: 0)) })
    let track = MIDITrack(notes: notes, programs: programs)
    do {
      try StandardMIDIFile.data(
        tracks: [track], tempoMap: file.tempoMap, timeSignatures: file.timeSignatures
      ).write(to: URL(fileURLWithPath: output), options: .atomic)
    } catch {
      throw CorpusError.unwritable(path: output, reason: error.localizedDescription)
    }
    print(output)
  }

  private func range() throws -> ClosedRange<Int> {
    let numbers = bars.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(numbers.count), let first = numbers[0], let last = numbers[numbers.count - 1],
      (1...10_000).contains(first), (first...10_000).contains(last)
    else {
      throw ValidationError("--bars is \"\(bars)\"; give a bar or two bars with a hyphen, such as 5-8.")
    }
    return first...last
  }
}
