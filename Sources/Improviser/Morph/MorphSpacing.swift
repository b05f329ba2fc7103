// Chooses evenly spaced patterns from a row.

import Music

/// A row of patterns whose neighbours differ, and how far any two of them differ.
struct MorphSpacing {
  /// Between the patterns of two indices.
  private let distance: [[Int]]
  private let limit: Int
  /// What a note of difference more than the limit costs, and a note of return towards the start or away from the end,
  /// beside a note of distance from where the pattern should be.
  private static let (jump, turn) = (1e6, 8.0)

  /// - Parameters:
  ///   - row: at least one pattern.
  ///   - limit: by how many notes neighbours among the chosen may differ, where that is possible.
  init(_ row: [ThesaurusPattern], limit: Int) {
    distance = row.map { pattern in row.map(pattern.changedNotes(to:)) }
    self.limit = limit
  }

  /// The indices of `count` patterns in order, the first and the last of the row among them; a pattern may be chosen
  /// several times. Dynamic programming over all choices: least is the sum of the squared distances, in notes changed
  /// along the row, from where the patterns would be if all steps were equal, and of the costs above.
  func chosen(_ count: Int) -> [Int] {
    let last = distance.count - 1
    var travelled = [0.0]
    for index in distance.indices.dropFirst() {
      travelled.append(travelled[index - 1] + Double(distance[index - 1][index]))
    }
    var costs = distance.indices.map { $0 == 0 ? 0 : Double.infinity }
    var origins: [[Int]] = []
    for place in 1..<count {
      let aim = travelled[last] * Double(place) / Double(count - 1)
      var (next, origin) = (costs, [Int](repeating: 0, count: costs.count))
      for to in distance.indices {
        next[to] = .infinity
        for from in 0...to where costs[from].isFinite {
          let cost = costs[from] + cost(from, to)
          if cost < next[to] { (next[to], origin[to]) = (cost, from) }
        }
        next[to] += (travelled[to] - aim) * (travelled[to] - aim)
      }
      costs = next
      origins.append(origin)
    }
    var chosen = [last]
    for origin in origins.reversed() { chosen.insert(origin[chosen[0]], at: 0) }
    return chosen
  }

  /// What a step costs wherever it is taken.
  private func cost(_ from: Int, _ to: Int) -> Double {
    let last = distance.count - 1
    let excess = max(0, distance[from][to] - limit)
    let back = max(0, distance[0][from] - distance[0][to]) + max(0, distance[to][last] - distance[from][last])
    return Self.jump * Double(excess) + Self.turn * Double(back)
  }
}
