#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// `path` seen from the root; as it is, if it is empty or there is no working directory.
func absolutePath(_ path: String) -> String {
  if path.isEmpty || path.hasPrefix("/") { return path }
  guard let folder = getcwd(nil, 0) else { return path }
  defer { free(folder) }
  let name = String(cString: folder)
  return name.hasSuffix("/") ? name + path : name + "/" + path
}

/// The path with symbolic links followed, or nil if it leads nowhere.
func resolved(_ path: String) -> String? {
  guard let real = realpath(path, nil) else { return nil }
  defer { free(real) }
  return String(cString: real)
}

/// What the system says of an error number.
func systemReason(_ number: Int32) -> String {
  strerror(number).map { String(cString: $0) } ?? "error \(number)"
}
