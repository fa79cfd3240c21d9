#if canImport(Glibc)
  private let stream = Int32(SOCK_STREAM.rawValue)
#else
  private let stream = SOCK_STREAM
#endif

/// Whether somebody answers at a socket of the file system.
public func canConnect(toSocket path: String) -> Bool {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  let bytes = Array(path.utf8) + [0]
  guard bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else { return false }
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      answers($0, socklen_t(MemoryLayout<sockaddr_un>.size), AF_UNIX)
    }
  }
}

/// Whether somebody answers at a port of a host.
public func canConnect(to host: String, port: Int) -> Bool {
  var hints = addrinfo()
  hints.ai_socktype = stream
  var found: UnsafeMutablePointer<addrinfo>?
  guard getaddrinfo(host, String(port), &hints, &found) == 0 else { return false }
  defer { freeaddrinfo(found) }
  var next = found
  while let item = next?.pointee {
    if answers(item.ai_addr, item.ai_addrlen, item.ai_family) { return true }
    next = item.ai_next
  }
  return false
}

/// Waits a second at most.
private func answers(
  _ address: UnsafePointer<sockaddr>, _ length: socklen_t, _ family: Int32
) -> Bool {
  let file = socket(family, stream, 0)
  guard file >= 0 else { return false }
  defer { close(file) }
  _ = fcntl(file, F_SETFD, FD_CLOEXEC)
  _ = fcntl(file, F_SETFL, O_NONBLOCK)
  if connect(file, address, length) == 0 { return true }
  guard errno == EINPROGRESS else { return false }
  var ready = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
  guard poll(&ready, 1, 1000) > 0 else { return false }
  var failure: Int32 = 0
  var size = socklen_t(MemoryLayout<Int32>.size)
  return getsockopt(file, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0
}
