/// Lines of coloured characters.
package struct CharacterPicture {
  package struct Cell: Hashable {
    var character: Character
    var front: Colour?
    var back: Colour?

    init(_ character: Character, front: Colour? = nil, back: Colour? = nil) {
      self.character = character
      self.front = front
      self.back = back
    }
  }

  private(set) var lines = [[Cell]]()

  mutating func add(_ line: [Cell]) { lines.append(line) }
  mutating func add(_ text: String) { lines.append(text.map { Cell($0) }) }

  /// With the terminal's colour codes, changed only where the colour does, and reset at each end of
  /// line.
  package func text(_ depth: ColourDepth) -> String {
    var result = ""
    for line in lines {
      var cells = line
      while let last = cells.last, last.character == " ", last.back == nil || depth == .none {
        cells.removeLast()
      }
      var front: Colour?
      var back: Colour?
      for cell in cells {
        if depth != .none, cell.front != front || cell.back != back {
          (front, back) = (cell.front, cell.back)
          result += CharacterPicture.code(front, back, depth)
        }
        result.append(cell.character)
      }
      if front != nil || back != nil { result += "\u{1B}[0m" }
      result += "\n"
    }
    return result
  }

  private static func code(_ front: Colour?, _ back: Colour?, _ depth: ColourDepth) -> String {
    var codes = ["0"]
    for (colour, ground) in [(front, 38), (back, 48)] {
      guard let colour else { continue }
      switch depth {
      case .none: continue
      case .palette256: codes.append("\(ground);5;\(colour.index256)")
      case .truecolour:
        codes.append("\(ground);2;\(colour.red);\(colour.green);\(colour.blue)")
      }
    }
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }
}

extension Array where Element == CharacterPicture.Cell {
  static func text(
    _ text: String, front: Colour? = nil, back: Colour? = nil
  ) -> [CharacterPicture.Cell] {
    text.map { CharacterPicture.Cell($0, front: front, back: back) }
  }
}

extension Colour {
  /// The nearest of the 6 × 6 × 6 cube and the 24 greys of a terminal with 256 colours.
  package var index256: Int {
    func level(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    func value(_ level: Int) -> Int { level == 0 ? 0 : 55 + 40 * level }
    func distance(_ red: Int, _ green: Int, _ blue: Int) -> Int {
      let (r, g, b) = (red - Int(self.red), green - Int(self.green), blue - Int(self.blue))
      return r * r + g * g + b * b
    }
    let (r, g, b) = (level(red), level(green), level(blue))
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let grey = Swift.min(23, Swift.max(0, (mean - 3) / 10))
    let shade = 8 + 10 * grey
    return distance(shade, shade, shade) < distance(value(r), value(g), value(b))
      ? 232 + grey : 16 + 36 * r + 6 * g + b
  }
}
