// Reading a posterior: ranking, projection to major and minor.
import Music
import Testing

@testable import ScaleDetector

struct PosteriorTests {
  private let posterior: Posterior = {
    var probabilities = [Float](repeating: 0, count: 49)
    probabilities[0 * 12 + 7] = 0.2  // G major
    probabilities[1 * 12 + 7] = 0.3  // G mixolydian
    probabilities[2 * 12 + 3] = 0.3  // E flat dorian
    probabilities[3 * 12 + 3] = 0.1  // E flat altered: both thirds, counts as major
    probabilities[48] = 0.1
    return Posterior(families: [.major, .mixolydian, .dorian, .altered], hasNone: true, probabilities: probabilities)
  }()

  @Test func ranksClassesAndKeepsTheOrderOfEquals() {
    let top = posterior.top(4)
    #expect(top.map { $0.scale?.family } == [.mixolydian, .dorian, .major, .altered])
    #expect(top[1].scale?.tonic == PitchClass(wrapping: 3))
    #expect(top.map(\.probability) == [0.3, 0.3, 0.2, 0.1])
    #expect(posterior.top(1000).count == 48, "no scale is no rival")
    #expect(posterior.top(-1).isEmpty)
  }

  @Test func doubtAmongTheFamiliesOfAKeyIsNoDoubtThatAScaleSounds() {
    var probabilities = [Float](repeating: 0, count: 25)
    probabilities[0] = 0.3  // C major
    probabilities[12] = 0.3  // C lydian
    probabilities[24] = 0.4
    let unsure = Posterior(families: [.major, .lydian], hasNone: true, probabilities: probabilities)
    #expect(unsure.answer == 0)
    #expect(abs(unsure.lead(of: 0, over: 24) - 0.2) < 1e-6)
    probabilities[0] = 0.05
    probabilities[24] = 0.65
    let sure = Posterior(families: [.major, .lydian], hasNone: true, probabilities: probabilities)
    #expect(sure.answer == 24)
    #expect(sure.top(3).map { $0.scale?.family } == [nil, .lydian, .major])
  }

  @Test func findsAScale() {
    #expect(posterior[Scale(tonic: PitchClass(wrapping: 3), family: .dorian)] == 0.3)
    #expect(posterior[Scale(tonic: PitchClass(wrapping: 3), family: .blues)] == 0)
    #expect(posterior.none == 0.1)
  }

  @Test func projectsToMajorAndMinor() {
    let projected = posterior.majorMinor
    #expect(projected.families == [.major, .naturalMinor])
    #expect(projected.probabilities.count == 25)
    // 0.2 + 0.5 · 0.3, 0.5 · 0.3 and 0.2 · 0.1, scaled to the 0.9 that "none" leaves.
    let shares: [(Int, ScaleFamily, Float)] = [(7, .major, 0.35), (3, .naturalMinor, 0.15), (3, .major, 0.02)]
    for (tonic, family, share) in shares {
      #expect(abs(projected[Scale(tonic: PitchClass(wrapping: tonic), family: family)] - share * 0.9 / 0.52) < 1e-6)
    }
    #expect(projected.none == 0.1)
  }
}
