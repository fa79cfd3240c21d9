import PlainText

/// Points in the plane in groups, such as images by their features, a group for each class.
public struct Scatter: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public let x: Double
    public let y: Double

    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }

    var isFinite: Bool { x.isFinite && y.isFinite }
  }

  public struct Group: Hashable, Sendable {
    public var name: String
    public let points: [Point]
    /// Colour and marker, from 0: groups of the same number look alike.
    public let style: Int
    /// Drawn behind the others, in a paler colour.
    public let isPale: Bool
    /// If it is not that of the style.
    var ownColour: Colour?

    public init(name: String, points: [Point], style: Int, isPale: Bool = false) {
      self.name = name
      self.points = points
      self.style = style
      self.isPale = isPale
    }

    var colour: Colour {
      let colour = ownColour ?? Palette.colour(style)
      return isPale ? Palette.pale(colour) : colour
    }

    /// A point that is not finite is not drawn.
    var finitePoints: [Point] { points.filter(\.isFinite) }
  }

  /// A few letters at a place, such as the number of a class at its centre.
  public struct Mark: Hashable, Sendable {
    public let text: String
    public let place: Point

    public init(_ text: String, at place: Point) {
      self.text = text
      self.place = place
    }
  }

  /// Where the groups' names stand.
  public enum Legend: Hashable, Sendable {
    case beside
    case none
    /// Nothing but the names, in rows: for several plots that share them.
    case alone
  }

  public var title: String?
  public var xLabel: String
  public var yLabel: String
  public var groups: [Group]
  public var marks: [Mark]
  /// Without ranges the axes fit the points.
  public var xRange: ClosedRange<Double>?
  public var yRange: ClosedRange<Double>?
  public var legend: Legend

  public init(
    title: String? = nil, xLabel: String, yLabel: String, groups: [Group], marks: [Mark] = [],
    xRange: ClosedRange<Double>? = nil, yRange: ClosedRange<Double>? = nil, legend: Legend = .beside
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.groups = groups
    self.marks = marks
    self.xRange = xRange
    self.yRange = yRange
    self.legend = legend
  }

  var isEmpty: Bool {
    legend == .alone ? groups.isEmpty : groups.allSatisfy { $0.finitePoints.isEmpty }
  }

  /// The groups with the pale ones first, so that these lie behind the others.
  var inOrder: [Group] { groups.filter(\.isPale) + groups.filter { !$0.isPale } }

  /// Of each style a group, the first that is not pale: what a legend tells.
  var entries: [Group] {
    var entries: [Group] = []
    for group in groups {
      if let known = entries.firstIndex(where: { $0.style == group.style }) {
        if entries[known].isPale { entries[known] = group }
      } else {
        entries.append(group)
      }
    }
    return entries
  }

  /// A little more than what these values take; never of length zero.
  public static func range(around values: [Double]) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return 0...1 }
    let room = high > low ? (high - low) * 0.04 : 1
    return low - room...high + room
  }

  /// Whether a point lies within the axes.
  func shows(_ point: Point) -> Bool {
    horizontal.contains(point.x) && vertical.contains(point.y)
  }

  var horizontal: ClosedRange<Double> {
    xRange ?? Self.range(around: groups.flatMap { $0.finitePoints.map(\.x) })
  }

  var vertical: ClosedRange<Double> {
    yRange ?? Self.range(around: groups.flatMap { $0.finitePoints.map(\.y) })
  }
}
