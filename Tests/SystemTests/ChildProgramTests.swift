import System
import Testing

/// What a program has that this one starts.
struct ChildProgramTests {
  /// A pipe whose end stayed open under its old number would never end for who reads it.
  @Test func fileThatStandsForAStreamIsOpenUnderNoOtherNumber() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    var program = ChildProgram(
      "/bin/sh",
      arguments: [
        "sh", "-c", "if test -e /dev/fd/\(ends[1]); then echo open; else echo closed; fi",
      ],
      environment: [:])
    program.streams = [1: ends[1]]
    var pid: pid_t = 0
    try #require(program.start(&pid) == 0)
    waitpid(pid, nil, 0)
    var answer = [UInt8](repeating: 0, count: 20)
    let count = read(ends[0], &answer, answer.count)
    #expect(String(decoding: answer.prefix(max(0, count)), as: UTF8.self) == "closed\n")
  }

  @Test(arguments: [true, false])
  func programIsInAGroupOfItsOwnIfItShall(hasOwnGroup: Bool) throws {
    var program = ChildProgram("sleep", arguments: ["sleep", "60"], environment: [:])
    program.hasOwnGroup = hasOwnGroup
    var pid: pid_t = 0
    try #require(program.start(&pid) == 0)
    defer {
      kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
    }
    #expect(getpgid(pid) == (hasOwnGroup ? pid : getpgrp()))
  }

  @Test func programThatIsNotThereIsNotStarted() {
    var pid: pid_t = 0
    let program = ChildProgram("/no/such/program", arguments: ["x"], environment: [:])
    #expect(program.start(&pid) == ENOENT)
  }
}
