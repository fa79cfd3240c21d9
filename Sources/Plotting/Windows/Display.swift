import System

/// The desktop on which windows open, as the environment names it.
package struct Display: Sendable {
  package enum Address: Hashable, Sendable {
    /// A socket in the file system.
    case path(String)
    /// X11 over the network, such as `localhost:10.0` of ssh.
    case port(host: String, Int)
  }

  package struct Place: Hashable, Sendable {
    package let variable: String
    /// What the variable says.
    package let name: String
    package let address: Address
  }

  /// What the variables say: Wayland's first, then X11's.
  package let addresses: [Place]

  package init(environment: [String: String]) {
    func named(_ variable: String) -> String? {
      environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
    var addresses: [Place] = []
    if let name = named("WAYLAND_DISPLAY") {
      let folder = named("XDG_RUNTIME_DIR").map { $0 + "/" } ?? ""
      let path = name.hasPrefix("/") ? name : folder + name
      addresses.append(Place(variable: "WAYLAND_DISPLAY", name: name, address: .path(path)))
    }
    if let name = named("DISPLAY"), let address = Self.address(x11: name) {
      addresses.append(Place(variable: "DISPLAY", name: name, address: address))
    }
    self.addresses = addresses
  }

  /// `:1`, `unix:1.0` → the server's socket; `host:10.0` → port 6010.
  private static func address(x11 name: String) -> Address? {
    guard let colon = name.lastIndex(of: ":") else { return nil }
    let host = String(name[..<colon])
    let digits = name[name.index(after: colon)...].prefix { $0 != "." }
    guard let number = Int(digits), (0..<59_000).contains(number) else { return nil }
    if host.hasPrefix("/") { return .path(host) }
    return host.isEmpty || host == "unix"
      ? .path("/tmp/.X11-unix/X\(number)") : .port(host: host, 6000 + number)
  }

  /// Why no window can open; nil if somebody answers at one of the addresses.
  package var objection: PlotError? {
    if addresses.contains(where: { Self.answers($0.address) }) { return nil }
    return addresses.last.map { .displayGone(variable: $0.variable, name: $0.name) } ?? .noDisplay
  }

  private static func answers(_ address: Address) -> Bool {
    switch address {
    case .path(let path): canConnect(toSocket: path)
    case .port(let host, let port): canConnect(to: host, port: port)
    }
  }
}
