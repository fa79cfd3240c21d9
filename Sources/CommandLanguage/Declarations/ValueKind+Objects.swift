import PlainText

extension ValueKind where Value == ObjectReference {
  /// A live object of one of these kinds, or a part of one: `net`, `T`, `T.1`, `kd@4`.
  public static func object(_ kinds: ObjectKind...) -> ValueKind<ObjectReference> {
    object(anyOf: kinds)
  }

  /// A live object of any kind.
  public static var anyObject: ValueKind<ObjectReference> { object(anyOf: []) }

  static func object(anyOf kinds: [ObjectKind]) -> ValueKind<ObjectReference> {
    let shape = ValueShape.object(kinds)
    return ValueKind(shape, spell: \.name) { operand, directory throws(ValueProblem) in
      guard operand.plainText != nil, !operand.spelling.isEmpty else {
        throw .wrongType(operand, expected: shape)
      }
      var name = operand.spelling
      // What `as rp-$lr` made is found by `rp-$lr`; `T2.1` is a task.
      if directory.kind(of: name) == nil, directory.kind(of: objectName(of: name)) != nil {
        name = objectName(of: name)
      }
      if let kind = directory.kind(of: name) {
        guard kinds.isEmpty || kinds.contains(kind) || kind == .unknown else {
          let members = directory.members(of: name).filter {
            directory.kind(of: $0).map(kinds.contains) == true
          }
          throw ValueProblem(
            .wrongObject(name, kind: kind, expected: kinds, members: members), at: operand.span)
        }
        return ObjectReference(name: name, kind: kind, span: operand.span)
      }
      if directory.isOpen, isObjectName(String(name[..<ObjectReference.split(name)])) {
        return ObjectReference(name: name, kind: kinds.first ?? .unknown, span: operand.span)
      }
      throw ValueProblem(absence(of: name, kinds, directory), at: operand.span)
    }
  }

  private static func absence(
    of name: String, _ kinds: [ObjectKind], _ directory: any ObjectDirectory
  ) -> ValueFact {
    let names = kinds.isEmpty ? directory.names : kinds.flatMap { directory.names(of: $0) }
    let split = ObjectReference.split(name)
    let base = String(name[..<split])
    if split < name.endIndex, directory.kind(of: base) != nil {
      let prefix = base + String(name[split])
      return .unknownMember(name, of: base, available: names.filter { $0.hasPrefix(prefix) })
    }
    if let dash = name.lastIndex(of: "-") {
      let members = directory.members(of: String(name[..<dash]))
      if !members.isEmpty { return .unknownObject(name, expected: kinds, available: members) }
    }
    return .unknownObject(name, expected: kinds, available: names)
  }
}

extension ValueKind {
  /// `[a, b]`, or a single value for a list of one.
  public static func list<Element: Sendable>(
    of element: ValueKind<Element>, count: ClosedRange<Int> = 1...10_000
  ) -> ValueKind<[Element]> where Value == [Element] {
    let shape = ValueShape.list(of: element.shape, count: count)
    let spell: @Sendable ([Element]) -> String = { elements in
      "[" + elements.map(element.spell).joined(separator: ", ") + "]"
    }
    return ValueKind(shape, spell: spell) { operand, directory throws(ValueProblem) in
      try operand.elements(of: shape, count: count).map { operand throws(ValueProblem) in
        try element.read(operand, directory)
      }
    }
  }
}

extension Operand {
  /// The elements of a list of this shape, or a single value as the only one.
  fileprivate func elements(
    of shape: ValueShape, count: ClosedRange<Int> = 1...Int.max
  ) throws(ValueProblem) -> [Operand] {
    let operands = if case .list(let operands) = value { operands } else { [self] }
    guard count.contains(operands.count) else {
      throw ValueProblem(.wrongCount(expected: shape.phrase, found: operands.count), at: span)
    }
    return operands
  }
}

extension ValueKind where Value == [Int] {
  /// Whole numbers: `13`, `0..7`, or a list of both: `[0..7, 13]`.
  public static func integers(_ range: ClosedRange<Int>) -> ValueKind<[Int]> {
    let shape = ValueShape.integers(range)
    return ValueKind(shape) { operand, _ throws(ValueProblem) in
      var integers: [Int] = []
      for operand in try operand.elements(of: shape) {
        switch operand.value {
        case .integer(let integer):
          guard range.contains(integer) else { throw .outOfRange(operand, expected: shape) }
          integers.append(integer)
        case .range(let lower, let upper):
          guard lower <= upper else {
            throw ValueProblem(
              .reversedRange(lower: "\(lower)", upper: "\(upper)"), at: operand.span)
          }
          guard range.contains(lower), range.contains(upper),
            upper.subtractingReportingOverflow(lower).partialValue < integerLimit - integers.count
          else { throw .outOfRange(operand, expected: shape) }
          integers += lower...upper
        default:
          throw .wrongType(operand, expected: shape)
        }
      }
      return integers
    }
  }
}

/// How many numbers the ranges of one list may stand for.
private let integerLimit = 1_000_000

extension ValueKind where Value == [Call] {
  /// A list of calls such as `[conv(32,5), lrelu, pool]`; a bare word is a call without arguments.
  public static func calls(_ known: [CallSignature]) -> ValueKind<[Call]> {
    let shape = ValueShape.calls(known)
    return ValueKind(shape) { operand, _ throws(ValueProblem) in
      try operand.elements(of: shape).map { operand throws(ValueProblem) in
        try call(operand, known, shape)
      }
    }
  }

  private static func call(
    _ operand: Operand, _ known: [CallSignature], _ shape: ValueShape
  ) throws(ValueProblem) -> Call {
    guard let call = Call(operand) else { throw .wrongType(operand, expected: shape) }
    guard let signature = known.first(where: { $0.name == call.name }) else {
      throw ValueProblem(.unknownCall(call.name, known: known.map(\.name)), at: operand.span)
    }
    guard signature.argumentCount.contains(call.arguments.count) else {
      throw ValueProblem(
        .wrongArgumentCount(
          call: signature.form, expected: signature.argumentCount, found: call.arguments.count),
        at: operand.span)
    }
    if signature.holdsCalls {
      for argument in call.arguments { _ = try self.call(argument, known, shape) }
    }
    return call
  }
}
