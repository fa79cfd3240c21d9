extension String {
  /// Without control characters and marks that turn the direction of writing: line ends and tabs
  /// become spaces, the rest goes.
  var plain: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.compactMap { scalar in
          switch scalar.value {
          case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
          case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: nil
          default: scalar.properties.generalCategory == .control ? nil : scalar
          }
        }))
  }

  /// Cells that it takes in a terminal, and roughly its width in print.
  var columns: Int { reduce(0) { $0 + $1.columns } }

  /// At most `limit` columns wide, with an ellipsis in place of what is cut off.
  func shortened(to limit: Int) -> String {
    guard columns > limit else { return self }
    var kept = ""
    var width = 1
    for character in self {
      width += character.columns
      if width > limit { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// Broken at spaces into `count` lines of `limit` columns at most.
  func wrapped(to limit: Int, lines count: Int) -> [String] {
    var lines = [String]()
    var words = split(separator: " ").map(String.init)[...]
    while let first = words.popFirst() {
      if lines.count == count - 1 {
        lines.append(([first] + words).joined(separator: " ").shortened(to: limit))
        break
      }
      var line = first
      while let next = words.first, line.columns + 1 + next.columns <= limit {
        line += " " + next
        words.removeFirst()
      }
      lines.append(line.shortened(to: limit))
    }
    return lines
  }

  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - columns))
  }

  func indented(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - columns)) + self
  }
}

extension Character {
  /// 2 for the scripts and signs that terminals draw double, 0 for a mark on its own, else 1.
  var columns: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default:
      let category = scalar.properties.generalCategory
      return category == .nonspacingMark || category == .enclosingMark || category == .format
        ? 0 : 1
    }
  }
}

extension Double {
  /// With a dot, in any locale; a half is rounded away from zero: 10.625 is 10.63.
  package func text(decimals: Int) -> String {
    guard isFinite else { return "" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (magnitude * scale).rounded()
    guard scaled < 1e15 else { return String(self) }
    let whole = Int(scaled) / Int(scale)
    let rest = Int(scaled) % Int(scale)
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(whole) }
    let digits = String(rest)
    return sign + "\(whole)." + String(repeating: "0", count: decimals - digits.count) + digits
  }
}
