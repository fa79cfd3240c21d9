/// The records of a table (RFC 4180): fields between commas, semicolons or tabs, in quotation marks if
/// they hold one of these or an end of line; lines end as on any system.
struct DelimitedText {
  struct Record {
    /// Where it begins, counted from 1.
    var line: Int
    var fields: [String]
  }

  private(set) var records: [Record] = []

  /// The sign that stands most often in the first line separates the fields. Lines without anything
  /// in them are no records, and blanks around a field do not belong to it.
  init(_ bytes: UnsafeRawBufferPointer, file: String) throws(DataSetError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw .unreadable(path: file, reason: "it is UTF-16; save it as UTF-8")
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var scanner = FieldScanner(
      bytes: bytes, place: start, separator: Self.separator(of: bytes[start...]))
    var record = Record(line: 1, fields: [])
    while true {
      let line = scanner.line
      guard let (field, end) = scanner.next() else { throw .openQuote(file: file, line: line) }
      record.fields.append(field)
      guard end != .field else { continue }
      if record.fields != [""] { records.append(record) }
      if end == .text { return }
      record = Record(line: scanner.line, fields: [])
    }
  }

  private static func separator(of text: Slice<UnsafeRawBufferPointer>) -> UInt8 {
    let first = text.prefix { $0 != 10 && $0 != 13 }
    let signs = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let counts = signs.map { sign in first.count { $0 == sign } }
    return zip(signs, counts).max { $0.1 < $1.1 }?.0 ?? signs[0]
  }
}

/// Reads one field after the other.
private struct FieldScanner {
  /// What a field is ended by.
  enum End {
    case field
    case line
    case text
  }

  let bytes: UnsafeRawBufferPointer
  var place: Int
  let separator: UInt8
  private(set) var line = 1

  private static let quote = UInt8(ascii: "\"")

  /// The next field and what comes behind it; nil if a quotation mark is never closed.
  mutating func next() -> (field: String, end: End)? {
    while place < bytes.count, bytes[place] == 32, separator != 32 { place += 1 }
    var field: [UInt8] = []
    if place < bytes.count, bytes[place] == Self.quote {
      place += 1
      guard let quoted = quotedField() else { return nil }
      field = quoted
    }
    // What follows a closing mark belongs to the field as well.
    let start = place
    while place < bytes.count, ![separator, 10, 13].contains(bytes[place]) { place += 1 }
    var rest = bytes[start..<place]
    while rest.last == 32 { rest.removeLast() }
    return (String(decoding: field + rest, as: UTF8.self), end())
  }

  /// Up to the mark that closes it; two marks stand for one.
  private mutating func quotedField() -> [UInt8]? {
    var field: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == Self.quote {
        guard place < bytes.count, bytes[place] == Self.quote else { return field }
        place += 1
      } else if byte == 10 {
        line += 1
      }
      field.append(byte)
    }
    return nil
  }

  private mutating func end() -> End {
    guard place < bytes.count else { return .text }
    let byte = bytes[place]
    place += 1
    guard byte != separator else { return .field }
    if byte == 13, place < bytes.count, bytes[place] == 10 { place += 1 }
    line += 1
    return .line
  }
}
