/// Columns of tables that arguments name: those of a table that an earlier statement of a script makes
/// are known before anything runs.
extension Binding {
  func checkColumns() throws(LanguageError) {
    for parameter in command.places.ofColumns {
      let span = arguments.span(of: parameter.name)
      switch parameter.shape {
      case .part(ValueShape.column, let table), .list(.part(ValueShape.column, let table), _):
        let value = arguments.values[parameter.name]
        for name in (value as? String).map({ [$0] }) ?? value as? [String] ?? [] {
          try check(column: name, of: table, at: span)
        }
      case .condition:
        guard let condition = arguments.values[parameter.name] as? RowCondition,
          let table = command.positionals.first
        else { continue }
        let columns = columns(of: table.name)
        if !columns.isEmpty { _ = try condition.test(of: columns) }
      default: break
      }
    }
  }

  /// - Parameters:
  ///   - name: With `-` before it where an order shall be turned round.
  ///   - table: The parameter that names the table.
  func check(column name: String, of table: String, at span: Span) throws(LanguageError) {
    let known = columns(of: table)
    let bare = name.hasPrefix("-") ? String(name.dropFirst()) : name
    guard !known.isEmpty, !known.contains(name), !known.contains(bare) else { return }
    throw error(
      .noColumn(
        bare, table: (arguments.values[table] as? ObjectReference)?.name ?? "", known: known),
      at: span)
  }

  /// None if there is no such table, or nobody knows them yet.
  private func columns(of table: String) -> [String] {
    (arguments.values[table] as? ObjectReference).map {
      directory.parts(ValueShape.column, of: $0.name)
    } ?? []
  }
}
