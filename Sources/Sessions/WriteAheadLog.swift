#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What another client of SQLite wrote beside a database and did not yet put into it
/// (sqlite.org/fileformat2.html, section 4): pages in frames, the last of every transaction marked.
struct WriteAheadLog {
  private let bytes: [UInt8]
  private let pageSize: Int

  private static let headerLength = 32
  private static let frameHeaderLength = 24

  /// Nil if there is none, or what is there is no such log.
  init?(beside path: String) {
    guard let descriptor = try? SessionHeader.open(path + "-wal") else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let bytes = SessionBytes.read(descriptor, count: Int(status.st_size)),
      bytes.count > Self.headerLength
    else { return nil }
    self.bytes = bytes
    pageSize = Int(Self.number(bytes, 8))
    guard [0x377F_0682, 0x377F_0683].contains(Self.number(bytes, 0)),
      (512...65536).contains(pageSize)
    else { return nil }
  }

  /// Puts the pages of every transaction that was finished in their places.
  func apply(to database: inout [UInt8]) {
    var sums = (first: UInt32(0), second: UInt32(0))
    add(0..<24, to: &sums)
    guard sums == (Self.number(bytes, 24), Self.number(bytes, 28)) else { return }
    var waiting: [(page: Int, place: Int)] = []
    var place = Self.headerLength
    while place + Self.frameHeaderLength + pageSize <= bytes.count {
      let content = place + Self.frameHeaderLength
      // A frame of an older log, or one that was not finished, is the end.
      guard bytes[place + 8..<place + 16] == bytes[16..<24] else { return }
      add(place..<place + 8, to: &sums)
      add(content..<content + pageSize, to: &sums)
      guard sums == (Self.number(bytes, place + 16), Self.number(bytes, place + 20)) else { return }
      let (page, size) = (Int(Self.number(bytes, place)), Int(Self.number(bytes, place + 4)))
      guard page > 0 else { return }
      waiting.append((page, content))
      if size > 0 {
        commit(waiting, pages: size, to: &database)
        waiting = []
      }
      place = content + pageSize
    }
  }

  private func commit(
    _ frames: [(page: Int, place: Int)], pages: Int, to database: inout [UInt8]
  ) {
    // No more pages than both files have.
    guard pages * pageSize <= database.count + bytes.count else { return }
    let missing = pages * pageSize - database.count
    if missing > 0 {
      database += repeatElement(0, count: missing)
    } else {
      database.removeLast(-missing)
    }
    for (page, place) in frames where page <= pages {
      database.replaceSubrange(
        (page - 1) * pageSize..<page * pageSize, with: bytes[place..<place + pageSize])
    }
  }

  /// The sums over pairs of words, big-endian if the log's first bytes say so.
  private func add(_ range: Range<Int>, to sums: inout (first: UInt32, second: UInt32)) {
    let isBig = bytes[3] & 1 == 1
    for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      let words = [place, place + 4].map { place in
        isBig ? Self.number(bytes, place) : Self.number(bytes, place).byteSwapped
      }
      sums.first = sums.first &+ words[0] &+ sums.second
      sums.second = sums.second &+ words[1] &+ sums.first
    }
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
