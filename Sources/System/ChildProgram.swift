/// Another program: the one way in which this one starts any.
public struct ChildProgram: Sendable {
  /// A path, or a name that is looked for along `PATH`.
  public var program: String
  /// The program's name first.
  public var arguments: [String]
  public var environment: [String: String]
  /// What the program has in place of this one's standard streams, by their numbers.
  public var streams: [Int32: Int32] = [:]
  /// Whether it gets a process group of its own, so that Ctrl-C does not reach it.
  public var hasOwnGroup = false

  public init(_ program: String, arguments: [String], environment: [String: String]) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
  }

  /// Starts the program, with default signals.
  ///
  /// - Returns: 0, or an errno value: `EPERM` where no program may be started.
  public func start(_ pid: inout pid_t) -> Int32 {
    guard Permissions.ofProcess.mayStartPrograms else { return EPERM }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, file) in streams { posix_spawn_file_actions_adddup2(&actions, file, target) }
    for file in Set(streams.values) where file > 2 {
      posix_spawn_file_actions_addclose(&actions, file)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    if hasOwnGroup {
      posix_spawnattr_setpgroup(&attributes, 0)
      flags |= POSIX_SPAWN_SETPGROUP
    }
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer {
      words.forEach { free($0) }
      variables.forEach { free($0) }
    }
    return posix_spawnp(&pid, program, &actions, &attributes, &words, &variables)
  }
}
