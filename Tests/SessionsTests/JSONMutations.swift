import TestSupport

/// Changes to JSON texts of the kind that somebody makes who wants to do harm, the same for the same
/// seed.
struct JSONMutations {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private static let texts = [
    "", "../../PWN", "a\u{1B}[2Jb", "let", "signs", "T", "T.1", "T.9", "one", "two", "nan", "inf",
    "-inf", "finetune", "icarl", "der", "bic", "class", "domain", "task", "train", "evaluate",
    "finished", "beginTask", "nextStage", "endStage", "linear", "mean",
  ]

  private mutating func number(below bound: Int) -> Int {
    Int.random(in: 0..<max(1, bound), using: &generator)
  }

  /// The text with one to three changes.
  mutating func change(_ text: String) throws -> String {
    var tree = try JSONTree(text)
    for _ in 0...number(below: 3) {
      let place = number(below: tree.count)
      let other = tree.value(at: number(below: tree.count))
      var changed = tree.value(at: place)
      change(&changed, other)
      tree.change(at: place) { $0 = changed }
    }
    return try tree.json
  }

  /// - Parameter other: Another value of the same text.
  private mutating func change(_ value: inout JSONTree, _ other: JSONTree) {
    if number(below: 12) == 0 {
      value =
        [.nothing, .flag(true), .integer(1), .text(""), .list([]), .fields([:]), other][
          number(below: 7)]
      return
    }
    switch value {
    case .nothing: value = other
    case .flag(let flag): value = .flag(!flag)
    case .integer(let integer): value = self.number(near: integer)
    case .real(let real):
      let reals = [
        -real, 0, 1, -1, 1e-300, 1e300, .infinity, .nan, real + 1, real * 1000, 0.5, 5, 1e10,
      ]
      value = .real(reals[number(below: reals.count)])
    case .text: value = .text(Self.texts[number(below: Self.texts.count)])
    case .list(var list):
      let place = number(below: list.count)
      switch number(below: 6) {
      case 0 where !list.isEmpty: list.remove(at: place)
      case 1 where !list.isEmpty: list.insert(list[place], at: number(below: list.count))
      case 2: list.reverse()
      case 3: list = Array(list.prefix(place))
      case 4: list += list
      default: list.append(other)
      }
      value = .list(list)
    case .fields(var fields):
      let keys = fields.keys.sorted()
      guard !keys.isEmpty else { break }
      let (key, second) = (keys[number(below: keys.count)], keys[number(below: keys.count)])
      switch number(below: 4) {
      case 0: fields[key] = nil
      case 1: (fields[key], fields[second]) = (fields[second], fields[key])
      case 2: fields[key] = other
      default: fields[Self.texts[number(below: Self.texts.count)]] = fields[key]
      }
      value = .fields(fields)
    }
  }

  private mutating func number(near integer: Int64) -> JSONTree {
    let numbers: [Int64] = [
      -1, 0, 1, 2, 3, integer &+ 1, integer &- 1, integer &+ 200, integer &* 2, 0 &- integer, 64,
      1000,
      1 << 16, 1 << 20, 1 << 29, (1 << 30) - 1, 1 << 31, 1 << 40, 1 << 53, .max, .min,
    ]
    let choice = number(below: numbers.count + 2)
    if choice == numbers.count { return .real(0.5) }
    return choice > numbers.count ? .text("nan") : .integer(numbers[choice])
  }
}
