// What the voice is told to do, and when.

/// A message to the voice: small, without references, so that it can cross to the audio thread.
public struct VoiceEvent: BitwiseCopyable, Sendable, Hashable {
  /// What is to happen.
  public enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// `data1` is the pitch, `data2` the velocity; velocity 0 is a note-off.
    case noteOn
    /// `data1` is the pitch.
    case noteOff
    /// A controller: `data1` its number, `data2` the value.
    case control
    /// `data1` is the General MIDI program.
    case program
    /// `data1` holds the lower, `data2` the upper seven bits; 0 and 64 are the middle.
    case pitchBend
    /// The part fades out within 64 frames of the period, then all its sounds are off. Its notes that were queued
    /// before and are not due yet are dropped. The channel does not matter.
    case silence
    /// `silence` for both parts, with everything released that a receiver of our MIDI output may hold.
    case allOff
  }

  /// Whose notes these are: each part has 16 channels and a sum of its own.
  public enum Part: UInt8, BitwiseCopyable, Sendable {
    /// What the player plays, made audible.
    case player
    /// What Antiphon plays; also written to the MIDI output.
    case answer

    /// 0 for the player, 1 for the answer.
    public var index: Int {
      @_noLocks get {
        switch self {
        case .player: 0
        case .answer: 1
        }
      }
    }
  }

  /// JACK frame time at which it is due; 0 means at once.
  public var frame: UInt32
  /// What is to happen.
  public var kind: Kind
  /// Whose sound it concerns.
  public var part: Part
  /// 0…15; of the answer 0 is the melody, 1 the chords, 2 the bass, and 9 percussion.
  public var channel: UInt8
  /// 0…127, see `Kind`.
  public var data1: UInt8
  /// 0…127, see `Kind`.
  public var data2: UInt8

  /// Values out of range are masked: channel to 4 bits, data to 7.
  @_noLocks public init(
    _ kind: Kind, part: Part = .answer, channel: UInt8 = 0, _ data1: UInt8 = 0, _ data2: UInt8 = 0, at frame: UInt32 = 0
  ) {
    self.frame = frame
    self.kind = kind == .noteOn && data2 & 127 == 0 ? .noteOff : kind
    self.part = part
    self.channel = channel & 15
    self.data1 = data1 & 127
    self.data2 = data2 & 127
  }

  /// A bend of the pitch wheel, -8192…8191; what lies outside is limited.
  public static func pitchBend(
    _ value: Int, part: Part = .answer, channel: UInt8 = 0, at frame: UInt32 = 0
  ) -> VoiceEvent {
    let wheel = min(max(value, -8192), 8191) + 8192
    return VoiceEvent(.pitchBend, part: part, channel: channel, UInt8(wheel & 127), UInt8(wheel >> 7), at: frame)
  }

  /// True for an event that ends all sound of a part, or of both.
  public var isSilence: Bool {
    @_noLocks get {
      switch kind {
      case .silence, .allOff: true
      case .noteOn, .noteOff, .control, .program, .pitchBend: false
      }
    }
  }

  /// True for an event that ends sound and so must not be lost.
  public var isRelease: Bool {
    @_noLocks get {
      switch kind {
      case .noteOff, .silence, .allOff: true
      case .noteOn, .control, .program, .pitchBend: false
      }
    }
  }
}
