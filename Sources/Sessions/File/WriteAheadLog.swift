internal import System

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
    guard let status = FileStatus(descriptor: descriptor), status.isRegular else { return nil }
    bytes = [UInt8](unsafeUninitializedCapacity: status.size) { room, count in
      count = SessionBytes.read(descriptor, into: room) ?? 0
    }
    guard bytes.count > Self.headerLength else { return nil }
    pageSize = Int(Self.number(bytes, 8))
    // A power of two.
    guard [0x377F_0682, 0x377F_0683].contains(Self.number(bytes, 0)),
      (512...65536).contains(pageSize), pageSize & (pageSize - 1) == 0
    else { return nil }
  }

  /// Puts the pages of every transaction that was finished in their places; false if there is no memory.
  func apply(to database: SessionBytes.Memory) -> Bool {
    let (places, pages) = finished()
    // No more pages than both files have.
    guard pages > 0, pages * pageSize <= database.bytes.count + bytes.count else { return true }
    guard database.resize(to: pages * pageSize) else { return false }
    for (page, place) in places where page <= pages {
      _ = database.bytes[(page - 1) * pageSize..<page * pageSize]
        .update(fromContentsOf: bytes[place..<place + pageSize])
    }
    return true
  }

  /// Where the last content of each page lies, by its number from 1, and how many pages the database has
  /// after the last transaction that was finished; 0 if none was.
  private func finished() -> (places: [Int: Int], pages: Int) {
    var (places, pages) = ([Int: Int](), 0)
    var sums = (first: UInt32(0), second: UInt32(0))
    add(0..<24, to: &sums)
    guard sums == (Self.number(bytes, 24), Self.number(bytes, 28)) else { return (places, pages) }
    var waiting: [Int: Int] = [:]
    var place = Self.headerLength
    while place + Self.frameHeaderLength + pageSize <= bytes.count {
      let content = place + Self.frameHeaderLength
      // A frame of an older log, or one that was not finished, is the end.
      guard bytes[place + 8..<place + 16] == bytes[16..<24] else { break }
      add(place..<place + 8, to: &sums)
      add(content..<content + pageSize, to: &sums)
      guard sums == (Self.number(bytes, place + 16), Self.number(bytes, place + 20)) else { break }
      let (page, size) = (Int(Self.number(bytes, place)), Int(Self.number(bytes, place + 4)))
      guard page > 0 else { break }
      waiting[page] = content
      if size > 0 {
        places.merge(waiting) { $1 }
        pages = size
        waiting = [:]
      }
      place = content + pageSize
    }
    return (places, pages)
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
