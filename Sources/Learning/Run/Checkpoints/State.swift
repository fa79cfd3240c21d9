/// A value taken apart, as it encodes itself.
enum State: Hashable, Encodable {
  case nothing
  case flag(Bool)
  case integer(Int64)
  /// A number above those of `integer`.
  case unsigned(UInt64)
  case real(Double)
  case text(String)
  case list([State])
  case fields([String: State])

  init(_ value: some Encodable, userInfo: [CodingUserInfoKey: Any]) throws {
    let node = StateEncoder.Node()
    try StateEncoder(node: node, userInfo: userInfo).take(value)
    self = node.state
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .nothing: try value.encodeNil()
    case .flag(let flag): try value.encode(flag)
    case .integer(let integer): try value.encode(integer)
    case .unsigned(let integer): try value.encode(integer)
    case .real(let real): try value.encode(real)
    case .text(let text): try value.encode(text)
    case .list(let list): try value.encode(list)
    case .fields(let fields): try value.encode(fields)
    }
  }

  /// `now` with what differs between `before` and `after`; nil where `now` is neither.
  static func merged(_ now: State, _ before: State, _ after: State) -> State? {
    if before == after { return now }
    if now == before { return after }
    guard case .fields(let now) = now, case .fields(let before) = before,
      case .fields(let after) = after
    else { return nil }
    var result: [String: State] = [:]
    for key in Set(now.keys).union(before.keys).union(after.keys) {
      guard
        let value = merged(
          now[key] ?? .nothing, before[key] ?? .nothing, after[key] ?? .nothing)
      else { return nil }
      result[key] = value
    }
    return .fields(result)
  }

  /// Whether `now` is as `fresh` wherever that differs from `varied`.
  static func agrees(_ now: State, _ fresh: State, _ varied: State) -> Bool {
    if fresh == varied || now == fresh { return true }
    guard case .fields(let now) = now, case .fields(let fresh) = fresh,
      case .fields(let varied) = varied
    else { return false }
    return Set(fresh.keys).union(varied.keys).allSatisfy { key in
      agrees(now[key] ?? .nothing, fresh[key] ?? .nothing, varied[key] ?? .nothing)
    }
  }
}
