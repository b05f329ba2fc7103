// Readouts and settings to send.

import Control
import Music

func sampleReadout(
  time: Double = 1, scale: Scale? = Scale(tonic: PitchClass(wrapping: 2), family: .dorian), level: Double = -20,
  state: String = "listening"
) -> Readout {
  var dialogue = DialogueSummary()
  dialogue.state = state
  return Readout(
    time: time, scale: scale.map { ScaleName($0) }, confidence: 0.75,
    candidates: [
      Candidate(scale: ScaleName(scale), confidence: 0.75), Candidate(scale: ScaleName(nil), confidence: 0.25),
    ],
    chroma: (0..<12).map { Double($0) / 12 }, tuningCents: 0, levelDB: level, active: true,
    input: InputSummary(state: "active"), dialogue: dialogue)
}

func sampleSettings(temperature: Double = 1) -> SettingsList {
  SettingsList(
    style: "balanced", isChanged: false, mode: "answer", scaleRule: "follow",
    settings: [
      .init(name: "temperature", value: temperature, range: 0.1...2, unit: "", summary: "Choice."),
      .init(name: "thru", value: 1, range: 0...1, unit: "switch", summary: "Thru."),
    ])
}
