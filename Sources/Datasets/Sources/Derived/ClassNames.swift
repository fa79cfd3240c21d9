internal import PlainText

/// Names of classes that a person gives.
public enum ClassNames {
  /// Bytes of a name.
  static let longest = 200
  /// Bytes of a file with names.
  private static let largest = 1 << 22

  /// What is wrong with names; nil if nothing is.
  public static func fault(_ names: [String]) -> String? {
    if names.contains(where: { $0.allSatisfy(\.isWhitespace) }) { return "a class's name is empty" }
    if let long = names.first(where: { $0.utf8.count > longest }) {
      return "the name '\(shown(String(long.prefix(20))))…' is longer than \(longest) bytes"
    }
    if let strange = names.first(where: { $0.withoutControls != $0 }) {
      return "the name '\(shown(strange))' has a control character"
    }
    var seen: Set<String> = []
    return names.first { !seen.insert($0.lowercased()).inserted }.map {
      "two classes are called '\(shown($0))'"
    }
  }

  /// The names that a file has: a line each, in the order of the classes; or a table with the columns
  /// `class` and `name`, as `classes … > FILE.csv` writes it, or `ClassId` and `SignName`, as Kaggle
  /// has it.
  ///
  /// - Parameter current: Names of classes that the table leaves out.
  public static func file(
    _ path: String, current: [String]
  ) throws(DataSetError) -> [String] {
    let buffer = try LocalFile.read(path)
    guard buffer.count <= largest else {
      throw .unreadable(path: path, reason: "it is too large for a list of names")
    }
    let records = try DelimitedText(buffer.content, file: path).records
    let columns = (records.first?.fields ?? []).map { $0.lowercased() }
    guard let label = columns.firstIndex(where: ["class", "classid"].contains),
      let name = columns.firstIndex(where: ["name", "signname"].contains)
    else {
      let text = String(decoding: buffer.content, as: UTF8.self)
      let lines = text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
      return lines.map { String($0).withoutControls.trimmed }
    }
    var names = current
    for record in records.dropFirst() {
      guard record.fields.count == columns.count else {
        throw .malformedLine(
          file: path, line: record.line, fields: record.fields.count, expected: columns.count)
      }
      guard let number = Int(record.fields[label]), names.indices.contains(number) else {
        throw .classOutOfRange(
          file: path, line: record.line, value: record.fields[label], classCount: names.count)
      }
      names[number] = record.fields[name].withoutControls.trimmed
    }
    return names
  }
}

extension String {
  /// Without blanks at its ends, and without a byte order mark.
  fileprivate var trimmed: String {
    var text = Substring(self)
    while let first = text.unicodeScalars.first,
      first.properties.isWhitespace || first == "\u{FEFF}"
    {
      text.unicodeScalars.removeFirst()
    }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
