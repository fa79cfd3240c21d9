/// The test images that there are, by the names that a table gives them, in capitals or not.
struct TestImages<Place> {
  private var places: [String: (name: String, place: Place)] = [:]
  private var lowerCase: [String: String] = [:]
  private var used: Set<String> = []

  /// That the table says nothing of some images.
  func note(_ table: String) -> [LoadNote] {
    let unused = places.count - used.count
    return unused > 0 ? [.imagesNotInTable(count: unused, table: table)] : []
  }

  mutating func add(_ name: String, at place: Place) {
    places[name] = (name, place)
    lowerCase[name.lowercased()] = name
  }

  /// The image of a row.
  mutating func take(
    _ row: AnnotationTable.Row, of table: String
  ) throws(DataSetError) -> (name: String, place: Place) {
    guard let found = places[row.image] ?? lowerCase[row.image.lowercased()].flatMap({ places[$0] })
    else { throw .missingImage(file: table, line: row.line, image: row.image) }
    guard used.insert(found.name).inserted else {
      throw .repeatedImage(file: table, line: row.line, image: row.image)
    }
    return found
  }
}
