/// A command's own parameters by the places where they stand, which are looked up for every statement.
struct ParameterPlaces: Sendable {
  let positionals: [any AnyParameter]
  let options: [any AnyParameter]
  let required: [any AnyParameter]
  /// Takes the words that are left.
  let rest: (any AnyParameter)?
  /// Takes a command of its own, as that of `time` does.
  let command: (any AnyParameter)?
  /// Those that speak of the columns of a table.
  let ofColumns: [any AnyParameter]

  init(_ parameters: [any AnyParameter]) {
    positionals = parameters.filter { $0.place == .positional }
    options = parameters.filter { $0.place == .option }
    required = parameters.filter(\.isRequired)
    rest = parameters.first { $0.place == .rest }
    command = parameters.first { $0.shape == .command }
    ofColumns = parameters.filter { parameter in
      switch parameter.shape {
      case .part(ValueShape.column, _), .list(.part(ValueShape.column, _), _), .condition: true
      default: false
      }
    }
  }
}
