import Foundation

/// A JSON text taken apart, so that a test can change one place of it.
indirect enum JSONTree: Hashable, Codable {
  case nothing
  case flag(Bool)
  case integer(Int64)
  case real(Double)
  case text(String)
  case list([JSONTree])
  case fields([String: JSONTree])

  init(_ text: String) throws {
    self = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
  }

  /// With sorted keys.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .nothing
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let integer = try? value.decode(Int64.self) {
      self = .integer(integer)
    } else if let real = try? value.decode(Double.self) {
      self = .real(real)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSONTree].self) {
      self = .list(list)
    } else {
      self = .fields(try value.decode([String: JSONTree].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .nothing: try value.encodeNil()
    case .flag(let flag): try value.encode(flag)
    case .integer(let integer): try value.encode(integer)
    case .real(let real): try value.encode(real)
    case .text(let text): try value.encode(text)
    case .list(let list): try value.encode(list)
    case .fields(let fields): try value.encode(fields)
    }
  }

  /// This value and all within it.
  var count: Int {
    switch self {
    case .list(let list): list.reduce(1) { $0 + $1.count }
    case .fields(let fields): fields.values.reduce(1) { $0 + $1.count }
    default: 1
    }
  }

  /// The value at a position in the order of `count`, this one being 0.
  func value(at position: Int) -> JSONTree {
    if position == 0 { return self }
    var left = position - 1
    for child in children {
      if left < child.count { return child.value(at: left) }
      left -= child.count
    }
    return self
  }

  /// Changes the value at a position.
  mutating func change(at position: Int, _ change: (inout JSONTree) -> Void) {
    guard position > 0 else { return change(&self) }
    var left = position - 1
    switch self {
    case .list(var list):
      for index in list.indices {
        if left < list[index].count {
          list[index].change(at: left, change)
          break
        }
        left -= list[index].count
      }
      self = .list(list)
    case .fields(var fields):
      for key in fields.keys.sorted() {
        let count = fields[key]?.count ?? 0
        if left < count {
          fields[key]?.change(at: left, change)
          break
        }
        left -= count
      }
      self = .fields(fields)
    default: break
    }
  }

  private var children: [JSONTree] {
    switch self {
    case .list(let list): list
    case .fields(let fields): fields.sorted { $0.key < $1.key }.map(\.value)
    default: []
    }
  }

  /// The value at a path such as `learner.memory.classes.0.label`; nil where there is none.
  subscript(path: String) -> JSONTree? {
    get {
      path.split(separator: ".").reduce(Optional(self)) { value, key in
        switch value {
        case .list(let list)?: Int(key).flatMap { list.indices.contains($0) ? list[$0] : nil }
        case .fields(let fields)?: fields[String(key)]
        default: nil
        }
      }
    }
    set {
      let keys = path.split(separator: ".", maxSplits: 1)
      guard let key = keys.first else { return self = newValue ?? .nothing }
      let rest = keys.dropFirst().first.map(String.init) ?? ""
      switch self {
      case .list(var list):
        guard let index = Int(key), list.indices.contains(index) else { return }
        list[index][rest] = newValue
        self = .list(list)
      case .fields(var fields):
        var child = fields[String(key)] ?? .nothing
        child[rest] = newValue
        fields[String(key)] = child
        self = .fields(fields)
      default: break
      }
    }
  }
}
