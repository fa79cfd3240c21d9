import Foundation
import PlainText

/// With three digits that count: 12.3, 0.0231, 0.000004; for values of a size that nobody knows before.
func significant(_ value: some BinaryFloatingPoint) -> String {
  let number = Double(value)
  guard number.isFinite, number != 0 else { return number == 0 ? "0" : "\(number)" }
  let decimals = 2 - Int(floor(log10(number.magnitude)))
  return fixed(number, min(9, max(0, decimals)))
}
