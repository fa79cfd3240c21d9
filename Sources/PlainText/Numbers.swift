import Foundation

/// `98,826`.
public func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return (number < 0 ? "-" : "") + text
}

/// `1 task`, `5 tasks`.
public func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// `class 7`, `classes 3, 4 and 5`: of many the first few by number.
public func listed(_ numbers: [Int], _ noun: String, _ plural: String? = nil) -> String {
  (numbers.count == 1 ? noun : plural ?? noun + "s") + " "
    + numbers.map(String.init).abridged(to: 9)
}

/// With so many decimals and a dot, in any locale; a half is rounded away from zero: 10.625 is 10.63.
public func fixed(_ number: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (number.magnitude * scale).rounded()
  guard scaled < 1e15 else { return "\(number)" }
  let whole = Int(scaled) / Int(scale)
  let sign = number < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + String(whole) }
  let digits = String(Int(scaled) % Int(scale))
  return sign + "\(whole)." + String(repeating: "0", count: decimals - digits.count) + digits
}

/// As `fixed`, with a comma before every three digits of the whole part: `26,640.5`.
public func groupedFixed(_ number: Double, _ decimals: Int) -> String {
  let text = fixed(number, decimals)
  let sign = text.hasPrefix("-") ? "-" : ""
  let parts = text.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
  guard let whole = Int(parts[0]), parts.count < 3 else { return text }
  return sign + ([grouped(whole)] + parts.dropFirst().map(String.init)).joined(separator: ".")
}

/// With at most so many significant digits: `0.001`, `3.214`, `321400`, `4e-09`.
public func significant(_ number: Double, _ digits: Int) -> String {
  guard number != 0, number.isFinite else { return number.plainText }
  let top = (0..<digits).reduce(1.0) { power, _ in power * 10 }
  var (scaled, exponent) = (number.magnitude, 0)
  while scaled.rounded() >= top { (scaled, exponent) = (scaled / 10, exponent + 1) }
  while scaled.rounded() < top / 10 { (scaled, exponent) = (scaled * 10, exponent - 1) }
  let rounded = Double("\(Int(scaled.rounded()))e\(exponent)") ?? number.magnitude
  return (number < 0 ? "-" : "") + rounded.plainText
}

/// `56.77 %`, or `-` where there is no figure.
public func percentText(_ number: Double?) -> String { number.map { fixed($0, 2) + " %" } ?? "-" }

extension Double {
  /// `5` for 5.0, else all digits.
  public var plainText: String {
    isFinite && self == rounded() && magnitude < 1e15 ? String(Int(self)) : "\(self)"
  }

  /// With at most 15 digits, which hides what binary fractions round: 0.3 for 0.1 + 0.2.
  public var shortText: String {
    let text = plainText
    let mantissa = text.prefix { $0 != "e" }
    let digits = mantissa.filter(\.isNumber).drop { $0 == "0" }
    guard digits.count > 15, isFinite else { return text }
    // One more or less in the 16th place gives a number that is written shorter, if there is one.
    let exponent = floor(log10(magnitude))
    let scale = pow(10, 14 - exponent)
    let rounded = (self * scale).rounded() / scale
    return rounded.isFinite ? rounded.plainText : text
  }
}
