import Foundation

/// Where two values first differ, in a sentence, or nil if they are equal.
///
/// For expectations over large values: `#expect(difference(a, b) == nil)` fails with one line, where
/// `#expect(a == b)` would print both.
public func difference<Value: Equatable & Encodable>(
  _ found: Value, _ expected: Value
) -> String? {
  guard found != expected else { return nil }
  guard let a = tree(of: found), let b = tree(of: expected) else {
    return "two values of \(Value.self) differ and cannot be written down"
  }
  return difference(a, b, at: "") ?? "two values of \(Value.self) differ in what is not encoded"
}

private func tree(of value: some Encodable) -> Any? {
  let encoder = JSONEncoder()
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  return (try? encoder.encode(value)).flatMap {
    try? JSONSerialization.jsonObject(with: $0, options: .fragmentsAllowed)
  }
}

private func difference(_ a: Any, _ b: Any, at place: String) -> String? {
  let here = place.isEmpty ? "the value" : place
  switch (a, b) {
  case (let a as [String: Any], let b as [String: Any]):
    for key in Set(a.keys).union(b.keys).sorted() {
      let inner = place.isEmpty ? key : "\(place).\(key)"
      guard let left = a[key] else { return "\(inner) is missing" }
      guard let right = b[key] else { return "\(inner) is too much" }
      if let text = difference(left, right, at: inner) { return text }
    }
    return nil
  case (let a as [Any], let b as [Any]):
    for (index, (left, right)) in zip(a, b).enumerated() {
      if let text = difference(left, right, at: "\(place)[\(index)]") { return text }
    }
    return a.count == b.count ? nil : "\(here) has \(a.count) elements instead of \(b.count)"
  default:
    let (left, right) = ("\(a)", "\(b)")
    return left == right
      ? nil : "\(here) is \(left.prefix(60)) instead of \(right.prefix(60))"
  }
}
