/// How many images GTSRB has of each class, and how a smaller or larger set shares them out.
enum SignCounts {
  /// Training images by class: 26,640.
  static let train = [
    150, 1500, 1500, 960, 1320, 1260, 300, 960, 960, 990, 1350, 900, 1410, 1440, 540, 420, 300,
    750, 810, 150, 240, 240, 270, 360, 180, 1020, 420, 180, 360, 180, 300, 540, 180, 480, 300,
    810, 270, 150, 1380, 210, 240, 180, 180,
  ]

  /// Test images by class: 12,630.
  static let test = [
    60, 720, 750, 450, 660, 630, 150, 450, 450, 480, 660, 420, 690, 720, 270, 210, 150, 360, 390,
    60, 90, 90, 120, 150, 90, 480, 180, 60, 150, 90, 150, 270, 60, 210, 120, 390, 120, 60, 690,
    90, 90, 60, 90,
  ]

  /// `total` shared out in proportion to `weights` by largest remainders, at least `least` each.
  ///
  /// - Parameter total: At least `least` for each weight.
  static func share(_ total: Int, weights: [Int], least: Int = 1) -> [Int] {
    let sum = weights.reduce(0, +)
    var counts = weights.map { max(least, total * $0 / sum) }
    let remainders = weights.map { total * $0 % sum }
    var order = weights.indices.sorted { (remainders[$0], $1) > (remainders[$1], $0) }
    order.removeAll { total * weights[$0] < least * sum }
    var missing = total - counts.reduce(0, +)
    for index in order.prefix(max(0, missing)) {
      counts[index] += 1
      missing -= 1
    }
    while missing < 0, let largest = counts.indices.max(by: { counts[$0] < counts[$1] }) {
      counts[largest] -= 1
      missing += 1
    }
    return counts
  }
}
