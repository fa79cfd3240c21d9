internal import System

/// The classes of images: a table whose first line names the columns.
struct AnnotationTable {
  struct Row {
    /// Counted from 1.
    var line: Int
    var image: String
    var label: Int
  }

  var file: String
  var rows: [Row] = []

  /// - Parameter imageColumn: What the column of the images is called, in capitals or not.
  init(
    _ text: UnsafeRawBufferPointer, file: String, imageColumn: String = "Filename", classCount: Int
  ) throws(DataSetError) {
    self.file = file
    let records = try DelimitedText(text, file: file).records
    let columns = (records.first?.fields ?? []).map { $0.lowercased() }
    let image = try column(imageColumn, in: columns)
    let label = try column("ClassId", in: columns)
    rows.reserveCapacity(records.count)
    for record in records.dropFirst() {
      let (line, fields) = (record.line, record.fields)
      guard fields.count == columns.count else {
        throw .malformedLine(
          file: file, line: line, fields: fields.count, expected: columns.count)
      }
      guard let number = Int(fields[label]), (0..<classCount).contains(number) else {
        throw .classOutOfRange(
          file: file, line: line, value: fields[label], classCount: classCount)
      }
      rows.append(Row(line: line, image: fields[image], label: number))
    }
  }

  private func column(_ name: String, in columns: [String]) throws(DataSetError) -> Int {
    guard let index = columns.firstIndex(of: name.lowercased()) else {
      throw .missingColumn(file: file, column: name)
    }
    return index
  }

  /// The table in a file of its own.
  static func file(
    _ path: String, imageColumn: String = "Filename"
  ) throws(DataSetError) -> AnnotationTable {
    let buffer = try LocalFile.read(path)
    return try AnnotationTable(
      buffer.content, file: path, imageColumn: imageColumn, classCount: GTSRB.classNames.count)
  }

  /// The images that the rows name by the last part of their path, in capitals or not, in the order
  /// of the rows; a note says that the rows leave some out.
  func entries(
    among images: [ImageListing.Entry]
  ) throws(DataSetError) -> (entries: [ImageListing.Entry], notes: [LoadNote]) {
    var (places, lowerCase): ([String: Int], [String: Int]) = ([:], [:])
    for (place, image) in images.enumerated() {
      let name = FilePath.split(image.name).name
      places[name] = place
      lowerCase[name.lowercased()] = place
    }
    var used: Set<Int> = []
    let entries = try rows.map { row throws(DataSetError) in
      guard let place = places[row.image] ?? lowerCase[row.image.lowercased()] else {
        throw .missingImage(file: file, line: row.line, image: row.image)
      }
      guard used.insert(place).inserted else {
        throw .repeatedImage(file: file, line: row.line, image: row.image)
      }
      var entry = images[place]
      entry.label = row.label
      return entry
    }
    let unused = places.count - used.count
    return (entries, unused > 0 ? [.imagesNotInTable(count: unused, table: file)] : [])
  }
}
