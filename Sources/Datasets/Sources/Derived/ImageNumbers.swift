/// Numbers of images, ascending, kept as runs: those of a whole track or class take two numbers.
struct ImageNumbers: Hashable, Sendable {
  /// Not empty, and apart from each other.
  private(set) var runs: [Range<Int>] = []

  /// - Parameter numbers: Ascending, from 0.
  init(_ numbers: some Sequence<Int>) {
    for number in numbers {
      if let last = runs.last, last.upperBound == number {
        runs[runs.count - 1] = last.lowerBound..<number + 1
      } else {
        precondition(number >= runs.last?.upperBound ?? 0)
        runs.append(number..<number + 1)
      }
    }
  }

  var count: Int { runs.reduce(0) { $0 + $1.count } }

  /// Behind the largest.
  var end: Int { runs.last?.upperBound ?? 0 }

  var all: [Int] { runs.flatMap { Array($0) } }
}

/// In files the first number of each run and how many there are: `[17, 4, 30, 1]` is 17 … 20 and 30.
extension ImageNumbers: Codable {
  /// No data set has more images.
  static let limit = 1 << 32

  init(from decoder: any Decoder) throws {
    let numbers = try decoder.singleValueContainer().decode([Int].self)
    func require(_ condition: Bool, _ text: String) throws {
      if condition { return }
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: text))
    }
    try require(numbers.count.isMultiple(of: 2), "a number of images is missing")
    for index in stride(from: 0, to: numbers.count, by: 2) {
      let (first, count) = (numbers[index], numbers[index + 1])
      try require(
        (0..<Self.limit).contains(first) && (1...Self.limit).contains(count),
        "a number of images is out of range")
      try require(first > end || runs.isEmpty, "the numbers of the images do not ascend")
      runs.append(first..<first + count)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(runs.flatMap { [$0.lowerBound, $0.count] })
  }
}

/// Labels that some images have in place of their own.
struct LabelChanges: Hashable, Sendable {
  /// The new labels, by the images' numbers.
  var labels: [Int: Int] = [:]

  var sorted: [(image: Int, label: Int)] {
    labels.sorted { $0.key < $1.key }.map { (image: $0.key, label: $0.value) }
  }
}

/// In files each image's number and its label, by number: `[3, 14, 17, 13]`.
extension LabelChanges: Codable {
  init(from decoder: any Decoder) throws {
    let numbers = try decoder.singleValueContainer().decode([Int].self)
    for index in stride(from: 0, to: numbers.count - 1, by: 2) {
      labels[numbers[index]] = numbers[index + 1]
    }
    guard 2 * labels.count == numbers.count,
      labels.allSatisfy({
        (0..<ImageNumbers.limit).contains($0.key) && (0..<1 << 20).contains($0.value)
      })
    else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "an image's new class is impossible"))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(sorted.flatMap { [$0.image, $0.label] })
  }
}
