// What the user can set about the answering side of the daemon.

public import Foundation
public import Improviser
public import MIDIIO
public import Synth

/// Settings of the answering side at the start; most can be changed while it runs.
public struct AnsweringConfiguration: Sendable {
  /// The note model's file.
  public var noteModel: URL
  /// The autoencoder's file that the rule "morph" needs; nil when there is none.
  public var thesaurusModel: URL?
  /// Why there is none, as a sentence.
  public var thesaurusProblem: String?
  /// The settings, with the style applied.
  public var settings: AnswerSettings
  /// The style's name.
  public var style: String
  /// What the drawing of notes begins with; the same seed and playing give the same answers.
  public var seed: UInt64
  /// Which keyboards are connected.
  public var keyboards: AutoConnect
  /// From MIDI controllers to settings, as the configuration file says; they go before the learned ones.
  public var controllers: [Int: String]
  /// The SoundFont, for the status; nil when nothing is to sound here.
  public var soundFont: SoundFontFile?
  /// Why there is none, as a sentence.
  public var soundFontProblem: String?

  /// Collects the settings.
  public init(
    noteModel: URL, settings: AnswerSettings = AnswerSettings(), style: String = Style.standard.name, seed: UInt64 = 0,
    keyboards: AutoConnect = .all, controllers: [Int: String] = [:], soundFont: SoundFontFile? = nil,
    soundFontProblem: String? = nil
  ) {
    self.noteModel = noteModel
    self.settings = settings
    self.style = style
    self.seed = seed
    self.keyboards = keyboards
    self.controllers = controllers
    self.soundFont = soundFont
    self.soundFontProblem = soundFontProblem
  }
}
