// Everyday sounds without pitch or with a gliding one: hum, clicks, crackle, sirens, narrow noise.
import Foundation

/// Makes textures of `count` samples; each function draws its own character from the generator. Levels are arbitrary.
struct NoiseTexture {
  let rate: Double
  let count: Int

  private var zeros: [Float] { [Float](repeating: 0, count: count) }

  /// Digital silence or dither of −120...−70 dBFS.
  func silence(using generator: inout SplitMix64) -> [Float] {
    guard generator.chance(0.8) else { return zeros }
    var dither = generator.choose(NoiseColor.allCases).samples(count: count, using: &generator)
    Levels.setPeak(&dither, decibels: generator.uniform(-120 ... -70))
    return dither
  }

  /// Noise between two corners that may drift, as wind, waves and traffic do.
  func bandNoise(using generator: inout SplitMix64) -> [Float] {
    var noise = NoiseColor.white.samples(count: count, using: &generator)
    let center = 80 * pow(60, generator.nextDouble())
    let (q, depth, period) = (generator.uniform(0.3...2), generator.uniform(0...0.8), generator.uniform(2...12))
    var filter = Biquad.bandPass(center, q: q, rate: rate)
    for index in noise.indices {
      if index % 256 == 0 {
        let swing = sin(2 * .pi * Double(index) / rate / period)
        filter.follow(.bandPass(center * pow(2, depth * swing), q: q, rate: rate))
      }
      noise[index] = filter.process(noise[index])
    }
    return noise
  }

  /// Mains hum of 50 or 60 Hz with its harmonics, and a little hiss.
  func hum(using generator: inout SplitMix64) -> [Float] {
    let mains = generator.choose([50.0, 60.0]) * generator.uniform(0.998...1.002)
    var hum = NoiseColor.pink.samples(count: count, using: &generator)
    Levels.scale(&hum, by: Float(generator.uniform(0.01...0.2)))
    for harmonic in 1...12 {
      let amplitude = Float(generator.nextDouble() / Double(harmonic)) * (harmonic.isMultiple(of: 2) ? 1 : 0.7)
      let step = 2 * Double.pi * mains * Double(harmonic) / rate
      let phase = generator.uniform(0...6.28)
      for index in hum.indices { hum[index] += amplitude * Float(sin(phase + step * Double(index))) }
    }
    return hum
  }

  /// Short knocks: typing, taps, a metronome without pitch.
  func clicks(using generator: inout SplitMix64) -> [Float] {
    var clicks = zeros
    let isRegular = generator.chance(0.4)
    let interval = generator.uniform(0.08...1)
    var time = generator.uniform(0...interval)
    while Int(time * rate) < count {
      let decay = Float(exp(-1 / (generator.uniform(0.0005...0.008) * rate)))
      var filter = Biquad.bandPass(generator.uniform(300...5000), q: generator.uniform(0.4...1.2), rate: rate)
      var envelope = Float(generator.uniform(0.2...1))
      var index = Int(time * rate)
      while index < count && envelope > 1e-3 {
        clicks[index] += filter.process(envelope * generator.nextNoise())
        envelope *= decay
        index += 1
      }
      time += isRegular ? interval : max(0.01, -interval * log(1 - generator.nextDouble()))
    }
    return clicks
  }

  /// Applause, rain or fire: very many short bursts, one upon another.
  func crackle(using generator: inout SplitMix64) -> [Float] {
    var crackle = zeros
    let density = 20 * pow(60, generator.nextDouble())  // bursts a second
    let decay = Float(exp(-1 / (generator.uniform(0.001...0.006) * rate)))
    var envelope: Float = 0
    for index in crackle.indices {
      if generator.nextDouble() < density / rate { envelope += generator.nextFloat() }
      crackle[index] = envelope * generator.nextNoise()
      envelope *= decay
    }
    var color = Biquad.bandPass(generator.uniform(500...3000), q: 0.5, rate: rate)
    color.process(&crackle)
    return crackle
  }

  /// Wails, yelps and chirps: a tone with overtones that never rests on a pitch.
  func siren(using generator: inout SplitMix64) -> [Float] {
    var siren = zeros
    let low = generator.uniform(200...700)
    let octaves = generator.uniform(0.8...2)
    let period = 0.15 * pow(30, generator.nextDouble())  // seconds a sweep
    let shape = generator.integer(0...2)
    let brightness = Float(generator.uniform(0...0.6))
    var phase = 0.0
    for index in siren.indices {
      let turn = Double(index) / rate / period
      let fraction = turn - turn.rounded(.down)
      let height =
        switch shape {
        case 0: 0.5 - 0.5 * cos(2 * .pi * fraction)  // wail
        case 1: fraction  // rising chirp
        default: 1 - fraction  // falling chirp
        }
      phase += 2 * .pi * low * pow(2, octaves * height) / rate
      siren[index] = Float(sin(phase)) + brightness * Float(sin(2 * phase) + 0.5 * sin(3 * phase))
    }
    return siren
  }
}
