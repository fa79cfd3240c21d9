internal import Digests

/// A table of one's own: named columns, and rows of values that were put into it.
public struct ResultTable: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    case integer(Int)
    /// Finite, and not a whole number that `integer` can stand for.
    case real(Double)
    case text(String)
    case flag(Bool)
    /// An empty cell.
    case missing
  }

  public static let columnLimit = 256
  public static let rowLimit = 100_000
  /// Bytes of a text.
  public static let textLimit = 4096

  public let columns: [String]
  public private(set) var rows: [[Value]] = []
  /// SHA-256 over the columns and all rows: each row goes into it with the digest of those before, so
  /// that another row costs the same however many there are.
  public private(set) var digest: String

  /// Nil if the columns are none, too many, alike, or have names that no column can have.
  public init?(columns: [String]) {
    guard (1...Self.columnLimit).contains(columns.count), Set(columns).count == columns.count,
      columns.allSatisfy(Self.isColumnName)
    else { return nil }
    self.columns = columns
    var digest = Digest(.sha256)
    for column in columns {
      digest.update(column)
      digest.update([Int64(column.utf8.count)])
    }
    self.digest = digest.finish()
  }

  /// Adds a row with a value for each column; false, and nothing changed, if it does not fit or there
  /// is no room.
  public mutating func add(_ row: [Value]) -> Bool {
    guard row.count == columns.count, rows.count < Self.rowLimit, row.allSatisfy(\.isPossible)
    else { return false }
    rows.append(row)
    var digest = Digest(.sha256)
    digest.update(self.digest)
    for value in row { value.feed(&digest) }
    self.digest = digest.finish()
    return true
  }

  /// Whether a column may have this name, by which commands and conditions know it.
  public static func isColumnName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, isLetter(first), name.utf8.count <= 100 else {
      return false
    }
    return !reservedWords.contains(name)
      && name.unicodeScalars.allSatisfy {
        isLetter($0) || ("0"..."9").contains($0) || $0 == "-"
      }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
      || scalar.value >= 0x80 && scalar.properties.isAlphabetic
  }

  /// Words that conditions and values take for themselves.
  private static let reservedWords: Set<String> = [
    "and", "or", "not", "in", "exists", "where", "as", "on", "off", "yes", "no", "true", "false",
  ]

  public func column(_ name: String) -> [Value]? {
    columns.firstIndex(of: name).map { index in rows.map { $0[index] } }
  }
}

extension ResultTable.Value {
  /// A number, as a whole one where it is one; nothing where it is none.
  public init(_ number: Double) {
    if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
      self = .integer(whole)
    } else {
      self = number.isFinite ? .real(number) : .missing
    }
  }

  public var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number
    case .text, .flag, .missing: nil
    }
  }

  /// Whether a cell can hold it.
  var isPossible: Bool {
    switch self {
    case .integer, .flag, .missing: true
    case .real(let number): Self(number) == self
    case .text(let text): text.utf8.count <= ResultTable.textLimit
    }
  }

  fileprivate func feed(_ digest: inout Digest) {
    switch self {
    case .integer(let number): digest.update([1, Int64(number)])
    case .real(let number): digest.update([2, Int64(bitPattern: number.bitPattern)])
    case .flag(let flag): digest.update([3, flag ? 1 : 0])
    case .missing: digest.update([4, 0])
    case .text(let text):
      digest.update([5, Int64(text.utf8.count)])
      digest.update(text)
    }
  }
}

extension ResultTable: Codable {
  private enum CodingKeys: CodingKey {
    case columns
    case rows
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(columns, forKey: .columns)
    try fields.encode(rows, forKey: .rows)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    guard let table = ResultTable(columns: try fields.decode([String].self, forKey: .columns))
    else { throw Plausibility.Fault(description: "the columns of the table are not possible") }
    self = table
    for row in try fields.decode([[Value]].self, forKey: .rows) where !add(row) {
      throw Plausibility.Fault(description: "a row of the table is not possible")
    }
  }
}

/// A number, a text, true or false, or null.
extension ResultTable.Value: Codable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let number): try container.encode(number)
    case .real(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .flag(let flag): try container.encode(flag)
    case .missing: try container.encodeNil()
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .missing
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Int.self) {
      self = .integer(number)
    } else if let number = try? container.decode(Double.self) {
      self = .real(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}
