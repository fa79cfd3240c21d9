import Foundation
import PlainText

extension Function {
  static let ofNumbers = [
    Function(
      "round(NUMBER [, DECIMALS])", "The nearest number with so many decimals, 0 if none is given.",
      1...2
    ) { call throws(FunctionError) in
      let (number, decimals) = (try call.number(0), try call.integer(1, in: 0...15, orElse: 0))
      return .real(Double(fixed(number, decimals)) ?? number)
    },
    Function(
      "format(NUMBER, DECIMALS)", "The number as a text with exactly so many decimals.", 2...2
    ) { call throws(FunctionError) in
      .text(fixed(try call.number(0), try call.integer(1, in: 0...15)))
    },
    Function("floor(NUMBER)", "The next whole number below.", 1...1) { call throws(FunctionError) in
      .real(try call.number(0).rounded(.down))
    },
    Function("ceil(NUMBER)", "The next whole number above.", 1...1) { call throws(FunctionError) in
      .real(try call.number(0).rounded(.up))
    },
    Function("abs(NUMBER)", "The number without its sign.", 1...1) { call throws(FunctionError) in
      .real(abs(try call.number(0)))
    },
    Function("sqrt(NUMBER)", "The square root.", 1...1) { call throws(FunctionError) in
      .real(try call.number(0).squareRoot())
    },
    Function("exp(NUMBER)", "e to the power of the number.", 1...1) { call throws(FunctionError) in
      .real(exp(try call.number(0)))
    },
    Function("log(NUMBER)", "The natural logarithm.", 1...1) { call throws(FunctionError) in
      .real(log(try call.number(0)))
    },
  ]
}
