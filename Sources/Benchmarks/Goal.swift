/// One line of the table: what was measured, and what it should be.
struct Goal: Encodable {
  enum Wanted {
    case atLeast(Double)
    case atMost(Double)
    /// A figure to look at.
    case nothing
  }

  var name: String
  var figure: Double
  /// The middle half of the rounds' figures; nil for what is measured once.
  var spread: ClosedRange<Double>?
  var unit: String
  var wanted: Wanted
  /// What the figure was made of.
  var note: String

  init(
    _ name: String, _ figure: Double, spread: ClosedRange<Double>? = nil, unit: String,
    _ wanted: Wanted = .nothing, note: String = ""
  ) {
    self.name = name
    self.figure = figure
    self.spread = spread
    self.unit = unit
    self.wanted = wanted
    self.note = note
  }

  init(_ name: String, _ sample: Sample, unit: String, _ wanted: Wanted = .nothing, note: String) {
    self.init(
      name, sample.median, spread: sample.spread, unit: unit, wanted, note: note)
  }

  /// nil where nothing is wanted.
  var isReached: Bool? {
    switch wanted {
    case .atLeast(let bound): figure >= bound
    case .atMost(let bound): figure <= bound
    case .nothing: nil
    }
  }

  private enum Key: String, CodingKey {
    case name, figure, low, high, unit, atLeast, atMost, reached, note
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(name, forKey: .name)
    try fields.encode(figure.isFinite ? figure : nil, forKey: .figure)
    try fields.encodeIfPresent(spread?.lowerBound, forKey: .low)
    try fields.encodeIfPresent(spread?.upperBound, forKey: .high)
    try fields.encode(unit, forKey: .unit)
    switch wanted {
    case .atLeast(let bound): try fields.encode(bound, forKey: .atLeast)
    case .atMost(let bound): try fields.encode(bound, forKey: .atMost)
    case .nothing: break
    }
    try fields.encodeIfPresent(isReached, forKey: .reached)
    try fields.encode(note, forKey: .note)
  }
}

extension Goal {
  /// The figure with its spread, the goal, and whether it is reached.
  var columns: [String] {
    let range = spread.map { " (\(Self.text($0.lowerBound))–\(Self.text($0.upperBound)))" } ?? ""
    let goal =
      switch wanted {
      case .atLeast(let bound): "≥ \(Self.text(bound))"
      case .atMost(let bound): "≤ \(Self.text(bound))"
      case .nothing: ""
      }
    let verdict = isReached.map { $0 ? "yes" : "NO" } ?? ""
    return [name, "\(Self.text(figure)) \(unit)\(range)", goal, verdict, note]
  }

  /// Three digits that count.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let size = abs(value)
    let decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2
    let scale = [1.0, 10, 100][decimals]
    let rounded = (value * scale).rounded() / scale
    return decimals == 0 ? String(Int(rounded)) : String(rounded)
  }
}

/// Rows in columns as wide as their widest text.
func aligned(_ rows: [[String]]) -> String {
  let widths = (rows.first ?? []).indices.map { column in
    rows.map { $0[column].count }.max() ?? 0
  }
  return rows.map { row in
    var line = ""
    for (text, width) in zip(row, widths) {
      line += text + String(repeating: " ", count: width - text.count + 2)
    }
    while line.last == " " { line.removeLast() }
    return line
  }.joined(separator: "\n")
}
