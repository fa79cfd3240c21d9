/// A few values by their names, in one array: of a handful, looking at each is quicker than hashing.
struct NamedValues<Value: Sendable>: Sendable {
  private var entries: [(name: String, value: Value)] = []

  mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

  subscript(name: String) -> Value? {
    get { entries.first { $0.name == name }?.value }
    set {
      let index = entries.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append((name, value))
      case (nil, nil): break
      }
    }
  }
}
