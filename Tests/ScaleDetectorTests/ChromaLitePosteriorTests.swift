// Reading a posterior: ranking, projection to major and minor.
import Music
import Testing

@testable import ScaleDetector

struct ChromaLitePosteriorTests {
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
    let top = posterior.top(5)
    #expect(top.map { $0.scale?.family } == [.mixolydian, .dorian, .major, .altered, nil])
    #expect(top[1].scale?.tonic == PitchClass(wrapping: 3))
    #expect(top.map(\.probability) == [0.3, 0.3, 0.2, 0.1, 0.1])
    #expect(posterior.top(1000).count == 49)
    #expect(posterior.top(-1).isEmpty)
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
    #expect(projected[Scale(tonic: PitchClass(wrapping: 7), family: .major)] == 0.5)
    #expect(projected[Scale(tonic: PitchClass(wrapping: 3), family: .naturalMinor)] == 0.3)
    #expect(projected[Scale(tonic: PitchClass(wrapping: 3), family: .major)] == 0.1)
    #expect(projected.none == 0.1)
  }
}
