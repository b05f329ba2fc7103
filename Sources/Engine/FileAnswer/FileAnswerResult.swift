// Both sides of a dialogue about a file.

public import Foundation
public import Improviser
import MIDI
public import Music
public import Synth

/// What a file was answered with, ready to be written.
public struct FileAnswerResult: Sendable {
  /// The file that was answered.
  public let file: String
  /// The player's notes, moved apart to make room for the answers.
  public let player: [Note]
  /// The answers' notes, on a channel that the player does not use.
  public let answer: [Note]
  /// Where each answer begins and ends, in seconds.
  public let answers: [ClosedRange<Double>]
  /// The scale that was heard; nil when none was.
  public let heard: DetectedScale?
  /// The rule for the scale.
  public let rule: ScaleRule
  /// The pattern that the answers play in; nil unless the rule names one or a morph.
  public let pattern: PatternScale?
  /// The place between the two patterns of a morph, 0...1.
  public let place: Double
  /// The program of each channel.
  public let programs: [Int: Int]
  /// What the drawing of notes began with.
  public let seed: UInt64
  private let answerChannel: Int

  init(
    file: String, player: [Note], answer: [Note], answers: [ClosedRange<Double>], heard: DetectedScale?,
    rule: ScaleRule, pattern: PatternScale?, place: Double, programs: [Int: Int], program: Int, seed: UInt64
  ) {
    let used = Set(player.map(\.channel))
    let free = (0..<16).first { !used.contains($0) && $0 != OfflineSynth.drumChannel } ?? 15
    self.file = file
    self.player = player
    self.answer = answer.map { note in
      var moved = note
      moved.channel = free
      return moved
    }
    self.answers = answers
    self.heard = heard
    self.rule = rule
    self.pattern = pattern
    self.place = place
    self.programs = programs.merging([free: program]) { $1 }
    self.seed = seed
    answerChannel = free
  }

  /// Seconds from the start to the end of the last note.
  public var seconds: Double { (player + answer).map(\.end).max() ?? 0 }

  /// A Standard MIDI File of a track for each side, at 120 quarters a minute.
  public func midi(onlyAnswer: Bool) -> Data {
    let sides = onlyAnswer ? [("answer", answer)] : [("player", player), ("answer", answer)]
    return StandardMIDIFile.data(
      tracks: sides.map { name, notes in
        let own = programs.filter { ($0.key == answerChannel) == (name == "answer") }
        return MIDITrack(name: name, notes: notes.map(Self.score), programs: own)
      })
  }

  /// The sound of it, mono.
  ///
  /// - Parameter seconds: of tail after the last note.
  public func render(_ synth: OfflineSynth, onlyAnswer: Bool, tail: Double = 2) throws(FileAnswerError) -> [Float] {
    do throws(SynthError) {
      return try synth.render(
        onlyAnswer ? answer : player + answer, programs: programs, seconds: seconds + tail)
    } catch {
      throw .synth(error)
    }
  }

  private static func score(_ note: Note) -> ScoreNote {
    ScoreNote(
      onset: note.onset * 2, duration: note.duration * 2, pitch: note.pitch, velocity: note.velocity,
      channel: note.channel)
  }
}

extension FileAnswerResult {
  /// A line for people.
  public var text: String {
    let phrases = "\(answers.count) phrase\(answers.count == 1 ? "" : "s")"
    let scale = switch rule {
    case .lock(let scale): "in \(scale.name)"
    case .pattern(let pattern): "in \(pattern.name)"
    case .morph(let morph):
      "in \((pattern ?? PatternScale(tonic: morph.tonic, pattern: morph.start)).name) "
        + "(\(place) of the way from \(morph.start.name) to \(morph.end.name))"
    case .off: "in any notes"
    case .follow:
      heard.map { "in \($0.scale.name) (\(Int(($0.confidence * 100).rounded())) %)" } ?? "with no scale heard"
    }
    return "\(file): \(phrases) answered with \(answer.count) notes \(scale), seed \(seed)"
  }

  /// A line of JSON.
  public var json: String {
    let list = answers.map { range in
      let count = answer.count { range.contains($0.onset) }
      return "{\"start\":\(JSONText.number(range.lowerBound)),\"end\":\(JSONText.number(range.upperBound)),"
        + "\"notes\":\(count)}"
    }
    let scale = heard.map { JSONText.string($0.scale.name) } ?? "null"
    let confidence = JSONText.number(Double(heard?.confidence ?? 0))
    let playedIn = pattern.map { JSONText.string($0.name) } ?? "null"
    return "{\"file\":\(JSONText.string(file)),\"seed\":\(seed),\"seconds\":\(JSONText.number(seconds)),"
      + "\"playerNotes\":\(player.count),\"answerNotes\":\(answer.count),\"heard\":\(scale),"
      + "\"confidence\":\(confidence),\"scaleRule\":\(JSONText.string(rule.text)),\"pattern\":\(playedIn),"
      + "\"answers\":[\(list.joined(separator: ","))]}"
  }
}
