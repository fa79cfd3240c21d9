import PlainText

extension Function {
  static let ofLists = [
    Function("length(LIST)", "How many values a list has, or characters a text.", 1...1) {
      call throws(FunctionError) in
      switch call.operands[0].value {
      case .list, .range: .integer(try call.list(0).count)
      default:
        call.operands[0].plainText == nil
          ? .integer(try call.list(0).count) : .integer(try call.text(0).count)
      }
    },
    Function("sum(LIST)", "The sum of the numbers.", 1...anyCount) { call throws(FunctionError) in
      .real(try call.numbers(atLeast: 0).reduce(0, +))
    },
    Function("mean(LIST)", "The mean of the numbers.", 1...anyCount) { call throws(FunctionError) in
      .real(mean(try call.numbers(atLeast: 1)))
    },
    Function(
      "sd(LIST)", "Their standard deviation, with n - 1 below the sum of squares.", 1...anyCount
    ) { call throws(FunctionError) in
      let numbers = try call.numbers(atLeast: 2)
      let center = mean(numbers)
      let squares = numbers.reduce(0) { $0 + ($1 - center) * ($1 - center) }
      return .real((squares / Double(numbers.count - 1)).squareRoot())
    },
    Function("min(LIST)", "The smallest number.", 1...anyCount) { call throws(FunctionError) in
      .real(try call.numbers(atLeast: 1).min() ?? 0)
    },
    Function("max(LIST)", "The largest number.", 1...anyCount) { call throws(FunctionError) in
      .real(try call.numbers(atLeast: 1).max() ?? 0)
    },
    Function(
      "sort(LIST)", "The values in rising order: numbers, or else texts, rp-8 before rp-32.", 1...1
    ) { call throws(FunctionError) in
      let list = try call.list(0)
      let isNumeric = list.allSatisfy { $0.value.number != nil }
      return .list(
        list.sorted { a, b in
          isNumeric
            ? (a.value.number ?? 0) < (b.value.number ?? 0) : a.shown.naturallyPrecedes(b.shown)
        })
    },
    Function("reverse(LIST)", "The values from the last to the first.", 1...1) {
      call throws(FunctionError) in
      .list(try call.list(0).reversed())
    },
    Function("unique(LIST)", "The values without those that came before.", 1...1) {
      call throws(FunctionError) in
      var kept: [Operand] = []
      for operand in try call.list(0) where !kept.contains(where: { $0.isSame(as: operand) }) {
        kept.append(operand)
      }
      return .list(kept)
    },
    Function(
      "range(FROM, TO [, STEP])", "The numbers from one to the other, both included.", 2...3
    ) { call throws(FunctionError) in
      let (first, last) = (try call.number(0), try call.number(1))
      let step = call.count > 2 ? try call.number(2) : first <= last ? 1 : -1
      guard step != 0, ((last - first) / step).magnitude < Double(limit) else {
        throw FunctionError(fact: .tooManyRepetitions(limit: limit), argument: call.count - 1)
      }
      // Rounding must not lose the last one: 0, 0.1, … 1.
      let count = Int(max(-1, ((last - first) / step + 1e-9).rounded(.down))) + 1
      return .list(
        (0..<count).map { Operand(number: first + Double($0) * step, at: call.operands[0].span) })
    },
  ]

  private static let anyCount = 100_000
  private static let limit = 100_000

  private static func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }
}
