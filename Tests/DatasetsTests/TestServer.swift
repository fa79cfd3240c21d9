import Synchronization
import System

/// An HTTP server on this machine that misbehaves as it is told.
final class TestServer: Sendable {
  struct Request: Hashable, Sendable {
    var path: String
    /// The first byte that is asked for.
    var begin: Int?
  }

  struct Answer: Sendable {
    var status = 200
    var body: [UInt8] = []
    /// Sent as headers; Content-Length is added.
    var headers: [String] = []
    /// The connection breaks after so many bytes of the body.
    var cut: Int?

    /// The rest of `file` as a server with ranges gives it, or the whole without a range.
    static func range(of file: [UInt8], _ request: Request, cut: Int? = nil) -> Answer {
      guard let begin = request.begin else { return Answer(body: file, cut: cut) }
      guard begin < file.count else { return Answer(status: 416) }
      return Answer(
        status: 206, body: Array(file[begin...]),
        headers: ["Content-Range: bytes \(begin)-\(file.count - 1)/\(file.count)"], cut: cut)
    }
  }

  private let listener: Int32
  private let port: UInt16
  private let log = Mutex<[Request]>([])
  private let answer: @Sendable (Int, Request) -> Answer

  /// - Parameter answer: Gets how many requests came before, and the request.
  init(_ answer: @escaping @Sendable (Int, Request) -> Answer) throws {
    self.answer = answer
    #if canImport(Glibc)
      listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      listener = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (listener, size) = (listener, length)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 8) == 0
          ? getsockname(listener, $0, &length) : -1
      }
    }
    guard status == 0 else { throw Failure(number: errno) }
    port = UInt16(bigEndian: address.sin_port)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(&thread, nil, { serve($0) }, context)
    pthread_detach(thread)
  }

  struct Failure: Error {
    var number: Int32
  }

  var address: String { "http://127.0.0.1:\(port)/files/" }

  /// Everything that was asked for so far.
  var requests: [Request] { log.withLock { $0 } }

  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  fileprivate func run() {
    while case let connection = accept(listener, nil, nil), connection >= 0 {
      if let request = receive(connection) {
        let number = log.withLock {
          $0.append(request)
          return $0.count - 1
        }
        send(answer(number, request), to: connection)
      }
      shutdown(connection, Int32(SHUT_RDWR))
      close(connection)
    }
    close(listener)
  }

  private func receive(_ connection: Int32) -> Request? {
    var text = ""
    var piece = [UInt8](repeating: 0, count: 4096)
    while !text.hasSuffix("\r\n\r\n") {
      let count = recv(connection, &piece, piece.count, 0)
      guard count > 0 else { return nil }
      text += String(decoding: piece[..<count], as: UTF8.self)
    }
    let lines = text.split(separator: "\r\n")
    guard let path = lines.first?.split(separator: " ").dropFirst().first else { return nil }
    let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }
    let begin = range.flatMap { Int($0.dropFirst("range: bytes=".count).dropLast()) }
    return Request(path: String(path), begin: begin)
  }

  private func send(_ answer: Answer, to connection: Int32) {
    let head = ["HTTP/1.1 \(answer.status) X", "Content-Length: \(answer.body.count)"]
    let lines = head + answer.headers + ["Connection: close", "", ""]
    let bytes = Array(lines.joined(separator: "\r\n").utf8) + answer.body.prefix(answer.cut ?? .max)
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        #if canImport(Glibc)
          Glibc.send(
            connection, $0.baseAddress.map { $0 + start }, bytes.count - start,
            Int32(MSG_NOSIGNAL))
        #else
          Darwin.send(connection, $0.baseAddress.map { $0 + start }, bytes.count - start, 0)
        #endif
      }
      guard count > 0 else { return }
      start += count
    }
  }
}

private func serve(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<TestServer>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
