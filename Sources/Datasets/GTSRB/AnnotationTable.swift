/// The classes of GTSRB's test images: a table with `;` between its fields, whose first line names
/// the columns.
struct AnnotationTable {
  struct Row {
    /// Counted from 1.
    var line: Int
    var image: String
    var label: Int
  }

  var file: String
  var rows: [Row] = []

  init(_ text: UnsafeRawBufferPointer, file: String, classCount: Int) throws(DataSetError) {
    self.file = file
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var columns = [String]()
    if let first = lines.first {
      lines.removeFirst()
      columns = Self.fields(first).map {
        String(decoding: $0.filter { $0 < 128 }, as: UTF8.self).lowercased()
      }
    }
    let image = try column("Filename", in: columns)
    let label = try column("ClassId", in: columns)
    rows.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      let fields = Self.fields(line)
      if fields.count == 1, fields[0].isEmpty { continue }
      guard fields.count == columns.count else {
        throw .malformedLine(
          file: file, line: index + 2, fields: fields.count, expected: columns.count)
      }
      let value = String(decoding: fields[label], as: UTF8.self)
      guard let number = Int(value), (0..<classCount).contains(number) else {
        throw .classOutOfRange(file: file, line: index + 2, value: value, classCount: classCount)
      }
      let name = String(decoding: fields[image], as: UTF8.self)
      rows.append(Row(line: index + 2, image: name, label: number))
    }
  }

  private func column(_ name: String, in columns: [String]) throws(DataSetError) -> Int {
    guard let index = columns.firstIndex(of: name.lowercased()) else {
      throw .missingColumn(file: file, column: name)
    }
    return index
  }

  private static func fields(_ line: Slice<UnsafeRawBufferPointer>) -> [Slice<
    UnsafeRawBufferPointer
  >] {
    line.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { field in
      var field = field
      while let last = field.last, last == 13 || last == 32 { field.removeLast() }
      while field.first == 32 { field.removeFirst() }
      return field
    }
  }
}
