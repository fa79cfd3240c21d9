/// `read(2)`, tried again when a signal came first.
public func systemRead(_ descriptor: Int32, _ target: UnsafeMutableRawBufferPointer) -> Int {
  while true {
    let count = read(descriptor, target.baseAddress, target.count)
    if count >= 0 || errno != EINTR { return count }
  }
}

/// `write(2)` until all is written; false on an error, which `errno` tells.
public func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let piece = UnsafeRawBufferPointer(rebasing: rest)
    let count = write(descriptor, piece.baseAddress, piece.count)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}

/// `open(2)` for reading, closed in programs that are started; it does not wait for who writes to a pipe.
public func systemOpen(_ path: String, _ more: Int32 = 0) -> Int32 {
  open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | more)
}

public func systemClose(_ descriptor: Int32) { _ = close(descriptor) }

/// What the system says of an error number: of the last call's that failed.
public func systemError(_ number: Int32 = errno) -> String {
  strerror(number).map { String(cString: $0) } ?? "error \(number)"
}

/// The names in a folder as bytes, without `.` and `..`, in no order; nil for the reason in `errno`.
public func systemNames(_ folder: String) -> [[UInt8]]? {
  guard let stream = opendir(folder) else { return nil }
  defer { closedir(stream) }
  var names: [[UInt8]] = []
  while let item = readdir(stream) {
    let name = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
  }
  return names
}
