/// What a pickle of a PyTorch state dict is made of. Values refer to each other by their numbers in
/// `values`, so that no nesting or cycle in a file can lead to deep recursion.
package struct Pickle {
  enum Value: Hashable {
    case none
    case flag(Bool)
    case integer(Int)
    case real(Double)
    case text(String)
    case tuple([Int])
    case list([Int])
    /// Keys and values in turn.
    case dictionary([Int])
    case global(Global)
    case storage(Storage)
    case tensor(TorchTensor)
  }

  /// The only names that a file may refer to: nothing else is ever looked up, and nothing is called.
  enum Global: String, Hashable {
    case orderedDictionary = "collections OrderedDict"
    case rebuildTensor = "torch._utils _rebuild_tensor_v2"
    case rebuildParameter = "torch._utils _rebuild_parameter"
    case float = "torch FloatStorage"
    case double = "torch DoubleStorage"
    case half = "torch HalfStorage"
    case bfloat16 = "torch BFloat16Storage"
    case long = "torch LongStorage"
    case int = "torch IntStorage"
    case short = "torch ShortStorage"
    case byte = "torch ByteStorage"
    case char = "torch CharStorage"
    case bool = "torch BoolStorage"
  }

  /// Numbers in a file of their own beside the pickle.
  struct Storage: Hashable {
    var type: Global
    /// The file's name.
    var key: String
    var count: Int
  }

  /// A view of a storage.
  struct TorchTensor: Hashable {
    var storage: Storage
    var offset: Int
    var shape: [Int]
    var strides: [Int]
  }

  /// What is wrong, and at which byte.
  package struct Fault: Error, Hashable {
    package var place: Int
    package var reason: String
  }

  private(set) var values: [Value] = []
  /// The number of the whole.
  private(set) var root = 0

  private var stack: [Int] = []
  private var marks: [Int] = []
  private var memo: [Int: Int] = [:]
  private var reader: PickleBytes

  package init(_ bytes: [UInt8]) throws(Fault) {
    reader = PickleBytes(bytes)
    var isDone = false
    while !isDone { isDone = try step() }
  }

  subscript(_ index: Int) -> Value { values[index] }

  private func fault(_ reason: String) -> Fault { Fault(place: reader.opcodePlace, reason: reason) }

  /// Carries out one opcode (Python's `pickletools` describes them).
  ///
  /// - Returns: Whether it was the last.
  private mutating func step() throws(Fault) -> Bool {
    switch try reader.opcode() {
    case 0x80:  // PROTO
      let version = try reader.byte()
      guard (2...5).contains(version) else { throw fault("protocol \(version) is not read") }
    case 0x95: _ = try reader.integer(bytes: 8)  // FRAME
    case UInt8(ascii: "."):  // STOP
      root = try pop()
      return true
    case UInt8(ascii: "("): marks.append(stack.count)  // MARK
    case UInt8(ascii: "0"): _ = try pop()  // POP
    case UInt8(ascii: "N"): push(.none)
    case 0x88: push(.flag(true))
    case 0x89: push(.flag(false))
    case UInt8(ascii: "K"): push(.integer(Int(try reader.byte())))  // BININT1
    case UInt8(ascii: "M"): push(.integer(try reader.integer(bytes: 2)))  // BININT2
    case UInt8(ascii: "J"):  // BININT
      push(.integer(Int(Int32(truncatingIfNeeded: try reader.integer(bytes: 4)))))
    case 0x8a: push(.integer(try reader.longInteger()))  // LONG1
    case UInt8(ascii: "G"): push(.real(try reader.real()))  // BINFLOAT
    case UInt8(ascii: "X"):  // BINUNICODE
      push(.text(try reader.text(count: try reader.integer(bytes: 4))))
    case 0x8c: push(.text(try reader.text(count: try reader.integer(bytes: 1))))
    case UInt8(ascii: ")"): push(.tuple([]))
    case 0x85: push(.tuple(try pop(1)))
    case 0x86: push(.tuple(try pop(2)))
    case 0x87: push(.tuple(try pop(3)))
    case UInt8(ascii: "t"): push(.tuple(try popToMark()))
    case UInt8(ascii: "]"): push(.list([]))
    case UInt8(ascii: "}"): push(.dictionary([]))
    case UInt8(ascii: "a"): try extend(with: try pop(1), isList: true)  // APPEND
    case UInt8(ascii: "e"): try extend(with: try popToMark(), isList: true)  // APPENDS
    case UInt8(ascii: "s"): try extend(with: try pop(2), isList: false)  // SETITEM
    case UInt8(ascii: "u"): try extend(with: try popToMark(), isList: false)  // SETITEMS
    case UInt8(ascii: "q"): memo[Int(try reader.byte())] = try top()  // BINPUT
    case UInt8(ascii: "r"): memo[try reader.integer(bytes: 4)] = try top()  // LONG_BINPUT
    case 0x94: memo[memo.count] = try top()  // MEMOIZE
    case UInt8(ascii: "h"): try recall(Int(try reader.byte()))  // BINGET
    case UInt8(ascii: "j"): try recall(try reader.integer(bytes: 4))  // LONG_BINGET
    case UInt8(ascii: "c"):  // GLOBAL
      let module = try reader.line()
      try pushGlobal("\(module) \(try reader.line())")
    case 0x93:  // STACK_GLOBAL
      let names = try pop(2)
      guard case .text(let module) = values[names[0]], case .text(let name) = values[names[1]]
      else { throw fault("the name of a class is not a text") }
      try pushGlobal("\(module) \(name)")
    case UInt8(ascii: "Q"): try pushStorage()  // BINPERSID
    case UInt8(ascii: "R"): try reduce()
    case UInt8(ascii: "b"): try build()
    case let opcode:
      throw fault("the opcode 0x\(String(opcode, radix: 16)) is not one that weights need")
    }
    return false
  }

  // MARK: The stack

  private mutating func push(_ value: Value) {
    stack.append(values.count)
    values.append(value)
  }

  /// Nothing below the last mark is given out.
  private mutating func pop() throws(Fault) -> Int {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else {
      throw fault("the stack is empty")
    }
    return value
  }

  private mutating func pop(_ count: Int) throws(Fault) -> [Int] {
    guard stack.count - (marks.last ?? 0) >= count else { throw fault("the stack is empty") }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(Fault) -> [Int] {
    guard let mark = marks.popLast() else { throw fault("there is no mark") }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  private func top() throws(Fault) -> Int {
    guard let value = stack.last else { throw fault("the stack is empty") }
    return value
  }

  private mutating func recall(_ key: Int) throws(Fault) {
    guard let value = memo[key] else { throw fault("nothing was remembered as \(key)") }
    stack.append(value)
  }

  /// Adds items to the list or dictionary on top of the stack.
  private mutating func extend(with items: [Int], isList: Bool) throws(Fault) {
    let target = try top()
    switch (values[target], isList) {
    case (.list(var list), true):
      // So that there is one copy, which grows in place.
      values[target] = .none
      list += items
      values[target] = .list(list)
    case (.dictionary(var pairs), false):
      guard items.count.isMultiple(of: 2) else { throw fault("a key has no value") }
      values[target] = .none
      pairs += items
      values[target] = .dictionary(pairs)
    default: throw fault("items are added to what takes none")
    }
  }

  // MARK: Classes

  private mutating func pushGlobal(_ name: String) throws(Fault) {
    guard let global = Global(rawValue: name) else {
      throw fault("'\(name.replacing(" ", with: "."))' is not one of the classes that weights need")
    }
    push(.global(global))
  }

  /// ('storage', class, key, device, count)
  private mutating func pushStorage() throws(Fault) {
    guard case .tuple(let parts) = values[try pop()], parts.count == 5,
      case .text("storage") = values[parts[0]], case .global(let type) = values[parts[1]],
      case .text(let key) = values[parts[2]], case .integer(let count) = values[parts[4]],
      count >= 0
    else { throw fault("a storage is not described as PyTorch does") }
    push(.storage(Storage(type: type, key: key, count: count)))
  }

  /// The calls of the few classes that may be named, none of which runs any code.
  private mutating func reduce() throws(Fault) {
    let call = try pop(2)
    guard case .global(let function) = values[call[0]], case .tuple(let parts) = values[call[1]]
    else { throw fault("what is called is not a class") }
    switch function {
    case .orderedDictionary:
      guard parts.isEmpty else { throw fault("a dictionary is made from something") }
      push(.dictionary([]))
    case .rebuildTensor: push(.tensor(try tensor(parts)))
    case .rebuildParameter:
      guard let first = parts.first, case .tensor = values[first] else {
        throw fault("a parameter is not a tensor")
      }
      stack.append(first)
    default: throw fault("'\(function.rawValue)' is called")
    }
  }

  /// (storage, offset, shape, strides, …)
  private func tensor(_ parts: [Int]) throws(Fault) -> TorchTensor {
    func integers(_ index: Int) -> [Int]? {
      guard case .tuple(let items) = values[index] else { return nil }
      let numbers = items.compactMap { item -> Int? in
        if case .integer(let number) = values[item] { number } else { nil }
      }
      return numbers.count == items.count ? numbers : nil
    }
    guard parts.count >= 4, case .storage(let storage) = values[parts[0]],
      case .integer(let offset) = values[parts[1]], let shape = integers(parts[2]),
      let strides = integers(parts[3]), shape.count == strides.count, shape.count <= 8
    else { throw fault("a tensor is not described as PyTorch does") }
    return TorchTensor(storage: storage, offset: offset, shape: shape, strides: strides)
  }

  /// A state that is set on a dictionary (PyTorch keeps versions of modules there) is passed over.
  private mutating func build() throws(Fault) {
    _ = try pop()
    guard case .dictionary = values[try top()] else { throw fault("a state is set") }
  }
}
