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
    let buffer = ByteBuffer()
    try LocalFile.read(path, into: buffer)
    return try AnnotationTable(
      buffer.content, file: path, imageColumn: imageColumn, classCount: GTSRB.classNames.count)
  }
}
