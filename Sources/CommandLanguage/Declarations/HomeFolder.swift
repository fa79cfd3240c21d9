#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The user's home folder, as the environment names it.
func homeFolder() -> String? {
  guard let pointer = getenv("HOME") else { return nil }
  let home = String(cString: pointer)
  return home.isEmpty ? nil : home
}
