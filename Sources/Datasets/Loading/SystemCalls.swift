#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// `read(2)`, tried again when a signal came first.
func systemRead(_ descriptor: Int32, _ target: UnsafeMutableRawBufferPointer) -> Int {
  while true {
    let count = read(descriptor, target.baseAddress, target.count)
    if count >= 0 || errno != EINTR { return count }
  }
}

/// `write(2)` until all is written; false on an error, which `errno` tells.
func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
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

func systemClose(_ descriptor: CInt) { _ = close(descriptor) }

/// What the last system call that failed complained of.
func systemError(_ number: Int32 = errno) -> String {
  strerror(number).map { String(cString: $0) } ?? "error \(number)"
}
