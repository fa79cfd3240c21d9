internal import CCurl

/// One file on a server, asked for through libcurl.
struct Transfer {
  let url: String
  let name: String

  /// Why an attempt ended early although another may go further.
  enum Interruption: Error {
    case connection(reason: String)
    case status(Int)

    func error(url: String, attempts: Int) -> DownloadError {
      switch self {
      case .connection(let reason): .connection(url: url, reason: reason, attempts: attempts)
      case .status(let status): .status(url: url, status: status)
      }
    }
  }

  /// Appends what `part` does not have yet; starts over if the server cannot go on in the middle.
  func run(into part: PartFile, _ progress: (Download.Progress) throws -> Void) throws {
    try withoutActuallyEscaping(progress) { progress in
      let state = State(handle: try Self.handle(), name: name, part: part, progress: progress)
      defer { curl_easy_cleanup(state.handle) }
      try configure(state)
      let code = curl_easy_perform(state.handle)
      if let failure = state.failure { throw failure }
      switch ccurl_response_status(state.handle) {
      case 200, 206: break
      case 416 where state.begin > 0:
        // There is nothing after what we have: it is complete, or not the same file.
        return
      case 0: throw Interruption.connection(reason: Self.reason(code))
      case let status where status == 408 || status == 429 || status >= 500:
        throw Interruption.status(status)
      case let status:
        throw DownloadError.status(url: url, status: status)
      }
      guard code == CURLE_OK else { throw Interruption.connection(reason: Self.reason(code)) }
      try progress(Download.Progress(file: name, received: part.size, total: part.size))
    }
  }

  private func configure(_ state: State) throws {
    let handle = state.handle
    let context = Unmanaged.passUnretained(state).toOpaque()
    var code = ccurl_set_text(handle, CURLOPT_URL, url)
    guard code == CURLE_OK else { throw DownloadError.notAnAddress(url) }
    for (option, value) in [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 1), (CURLOPT_MAXREDIRS, 10),
      (CURLOPT_CONNECTTIMEOUT, 30), (CURLOPT_LOW_SPEED_LIMIT, 1), (CURLOPT_LOW_SPEED_TIME, 60),
    ] {
      code = ccurl_set_number(handle, option, value)
      guard code == CURLE_OK else { throw Interruption.connection(reason: Self.reason(code)) }
    }
    for option in [CURLOPT_PROTOCOLS_STR, CURLOPT_REDIR_PROTOCOLS_STR] {
      ccurl_set_text(handle, option, "http,https")
    }
    ccurl_set_text(handle, CURLOPT_USERAGENT, "waymark")
    // A server that ignores the range answers 200, and the file starts over.
    if state.begin > 0 { ccurl_set_text(handle, CURLOPT_RANGE, "\(state.begin)-") }
    ccurl_set_writer(
      handle,
      { bytes, size, count, context in
        guard let context, let bytes else { return 0 }
        let state = Unmanaged<State>.fromOpaque(context).takeUnretainedValue()
        return state.write(UnsafeRawBufferPointer(start: bytes, count: size * count))
      }, context)
    ccurl_set_progress(
      handle,
      { context, _, _, _, _ in
        guard let context else { return 1 }
        return Unmanaged<State>.fromOpaque(context).takeUnretainedValue().report() ? 0 : 1
      }, context)
  }

  private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

  private static func handle() throws -> UnsafeMutableRawPointer {
    guard isReady, let handle = curl_easy_init() else {
      throw Interruption.connection(reason: "libcurl cannot start")
    }
    return handle
  }

  private static func reason(_ code: CURLcode) -> String {
    curl_easy_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
  }
}

/// What libcurl's callbacks work on while a transfer runs.
private final class State {
  let handle: UnsafeMutableRawPointer
  /// Bytes that were there before.
  let begin: Int
  private(set) var failure: (any Error)?
  private let name: String
  private let part: PartFile
  private let progress: (Download.Progress) throws -> Void
  private var hasBegun = false

  init(
    handle: UnsafeMutableRawPointer, name: String, part: PartFile,
    progress: @escaping (Download.Progress) throws -> Void
  ) {
    self.handle = handle
    self.name = name
    self.part = part
    self.progress = progress
    begin = part.size
  }

  /// Takes a piece of a successful answer's body; the text of an error page is dropped.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    let status = ccurl_response_status(handle)
    guard status == 200 || status == 206 else { return bytes.count }
    do {
      if !hasBegun, status == 200, part.size > 0 { try part.empty() }
      hasBegun = true
      guard part.size + bytes.count <= Download.largest else {
        throw DownloadError.tooLarge(url: name, limit: Download.largest)
      }
      try part.append(bytes)
      return bytes.count
    } catch {
      failure = error
      return 0
    }
  }

  /// False ends the transfer.
  func report() -> Bool {
    guard failure == nil else { return false }
    do {
      let status = ccurl_response_status(handle)
      let length = ccurl_content_length(handle)
      let start = status == 206 ? begin : 0
      try progress(
        Download.Progress(
          file: name, received: part.size,
          total: length >= 0 && (status == 200 || status == 206) ? start + Int(length) : nil))
      return true
    } catch {
      failure = error
      return false
    }
  }
}
