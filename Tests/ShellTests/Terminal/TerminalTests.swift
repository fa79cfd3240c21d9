import Foundation
import Shell
import Testing

@Test(arguments: [
  ("waymark> say a\nwaymark> say b\n", "say a\nsay b"),
  ("waymark> for i in 1..2 {\r\n... say $i\r\n... }", "for i in 1..2 {\nsay $i\n}"),
  ("a\tb\u{1B}[31m\u{7}", "a  b[31m"), ("\n\n", ""), ("kd 2/5> step", "step"),
])
func pasteLosesPromptsAndControls(text: String, cleaned: String) {
  #expect(
    LineEditor.cleaned(text, prompts: ["waymark> ", "... ", "kd 2/5> "]) == cleaned)
}

@Test func historyKeepsStatementsOfSeveralShells() throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  let path = folder.appendingPathComponent("deep/history").path
  let first = HistoryFile(path: path)
  let second = HistoryFile(path: path)
  #expect(first.entries().isEmpty)
  first.append("say one")
  second.append("for i in 1..2 {\n  say \\n$i\n}")
  second.append("say 'ü\\'")
  first.append("say 'ü\\'")
  first.append(String(repeating: "x", count: 100_000))
  #expect(
    first.entries() == ["say one", "for i in 1..2 {\n  say \\n$i\n}", "say 'ü\\'"])
  #expect(first.entries(limit: 1) == ["say 'ü\\'"])
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  #expect(attributes[.posixPermissions] as? Int == 0o600)
}

@Test func damagedHistoryLosesOnlyItsDamage() throws {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: file) }
  try Data([0x31, 0x09, 0x61, 0x0A, 0xFF, 0xFE, 0x0A, 0x0A, 0x32, 0x09, 0x62]).write(to: file)
  #expect(HistoryFile(path: file.path).entries() == ["a", "b"])
}

/// Of a long file only the end is read, and the line that this cuts in two is no entry.
@Test func entryThatIsCutInTwoIsNoEntry() throws {
  let folder = try TestFolder()
  let limit = 2 << 20
  let end = "7\tcut\n"
  let line = "1\tprint whole\n"
  var rest = String(repeating: line, count: (limit - end.utf8.count) / line.utf8.count - 1)
  rest += "1\t" + String(repeating: "x", count: limit - end.utf8.count - rest.utf8.count - 3) + "\n"
  try folder.write(("1\tprint " + end + rest).utf8, to: "history")
  let entries = HistoryFile(path: folder("history")).entries()
  #expect(entries.count == 2 && entries.first == "print whole")
}

@Test func unwritableHistoryIsNoError() {
  let history = HistoryFile(path: "/proc/nowhere/history")
  history.append("say one")
  #expect(history.entries().isEmpty)
}

@Test func interruptCountsAndClears() {
  let interrupt = Interrupt()
  var counts = [interrupt.requestCount]
  interrupt.request()
  interrupt.request()
  counts.append(interrupt.requestCount)
  interrupt.clear()
  counts.append(interrupt.requestCount)
  #expect(counts == [0, 2, 0])
}

@Test func secondInterruptWithinTwoSecondsIsUrgent() {
  let interrupt = Interrupt()
  let second: UInt64 = 1_000_000_000
  var urgency: [Bool] = []
  for time in [10 * second, 13 * second, 15 * second + second / 2, 17 * second] {
    interrupt.request(at: time)
    urgency.append(interrupt.isUrgent)
  }
  interrupt.clear()
  // After a statement's end the count begins anew.
  interrupt.request(at: 18 * second)
  urgency.append(interrupt.isUrgent)
  #expect(urgency == [false, false, false, true, false])
}

@Test func signalThatEndsTheProgramIsUrgentAndStays() {
  let interrupt = Interrupt()
  interrupt.end(by: SIGTERM)
  interrupt.clear()
  let states = [interrupt.isRequested, interrupt.isUrgent, interrupt.endingSignal == SIGTERM]
  #expect(states == [true, true, true])
}

@Test func ctrlCSetsTheProcessInterrupt() {
  Interrupt.installHandler()
  kill(getpid(), SIGINT)
  for _ in 0..<1000 where Interrupt.process.requestCount == 0 { usleep(5000) }
  let isRequested = Interrupt.process.isRequested
  #expect(isRequested)
  Interrupt.process.clear()
}

@Test func otherLocalesGetPlainSigns() {
  #expect("16×16×3 … Größe".withPlainSigns == "16x16x3 ... Größe")
}
