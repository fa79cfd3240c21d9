import ArgumentParser
import Foundation
import Networks
import Tensors

/// Measures what `docs/performance.md` promises; `scripts/bench` builds and starts it.
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scripts/bench",
    abstract: "Measures Waymark's goals of speed, side by side with PyTorch where it is installed.")

  @Option(help: "Threads of both sides.")
  var threads = min(2, ProcessInfo.processInfo.activeProcessorCount)

  @Option(help: "Rounds of every comparison.")
  var rounds = 9

  @Option(help: "A Python that can import torch; else $WAYMARK_PYTHON, else python3.")
  var python: String?

  @Option(help: "A folder with the archives of GTSRB.")
  var data: String?

  @Flag(help: "Also the notebook's strategies from start to end; takes a quarter of an hour.")
  var notebook = false

  @Option(help: "Another script than ours for PyTorch's side of the notebook.")
  var notebookScript: String?

  @Option(help: "Write the table to this file as JSON.")
  var json: String?

  @Flag(help: "Instead: how cost grows, into docs/growth.md and its pictures.")
  var growth = false

  @Flag(help: "Instead: the convolution kernels by themselves.")
  var kernels = false

  @Option(help: "The most images for --growth; a million of them take 3 GB of memory.")
  var mostImages = 1_000_000

  @Option(help: .hidden)
  var growthPoint: String?

  @Option(help: .hidden)
  var root = "."

  mutating func validate() throws {
    guard (1...64).contains(threads) else { throw ValidationError("--threads takes 1 to 64") }
    guard (1...1000).contains(rounds) else { throw ValidationError("--rounds takes 1 to 1000") }
    if notebook, data == nil { throw ValidationError("--notebook needs --data") }
  }

  private var interpreter: String {
    python ?? ProcessInfo.processInfo.environment["WAYMARK_PYTHON"] ?? "python3"
  }

  mutating func run() throws {
    guard !Setting.isDebugBuild else {
      throw BenchmarkError.refused("this is a debug build: swift build -c release")
    }
    if let growthPoint {
      let point = try JSONDecoder().decode(GrowthPoint.self, from: Data(growthPoint.utf8))
      print(String(decoding: try JSONEncoder().encode(point.measure()), as: UTF8.self))
      return
    }
    if growth { return try measureGrowth() }
    if kernels {
      print(Setting(threads: 1, torch: nil).text)
      return print(aligned(KernelTable.measure()))
    }
    let torch = PyTorchSide(
      python: interpreter, script: "\(root)/scripts/reference/steps_pytorch.py", threads: threads)
    let setting = Setting(threads: threads, torch: torch?.version)
    print(setting.text, torch == nil ? "; no PyTorch: compared with sgemm alone" : "")
    let device = Device(threads: threads)
    let program = "\(root)/.build/release/waymark"
    var goals: [Goal] = []
    var failed = false
    func add(_ part: () throws -> [Goal]) throws {
      do {
        goals += try part()
        tell("\(goals.count) figures measured, the last: \(goals.last?.name ?? "none")")
      } catch BenchmarkError.refused(let reason) {
        // What the other parts measured is worth its table.
        failed = true
        tell("error: \(reason)")
      }
    }
    try add { try StepGoals(device: device, torch: torch, rounds: rounds).measure() }
    try add { try OwnNetworkGoals(device: device, rounds: max(1, rounds / 3)).measure() }
    try add { try ThreadGoals.measure() }
    try add { try LanguageGoals(rounds: rounds).measure() }
    try add { try StartGoals(program: program, repetitions: 2 * rounds).measure() }
    if let data {
      try add { try LoadGoals(path: data, threads: threads, rounds: min(3, rounds)).measure() }
    }
    if notebook, let data {
      try add {
        try NotebookGoals(
          program: program, data: data, python: interpreter,
          script: notebookScript ?? "\(root)/scripts/reference/notebook_pytorch.py",
          threads: threads, hasTorch: torch != nil
        ).measure()
      }
    }
    print(aligned([["what", "figure", "goal", "reached", ""]] + goals.map(\.columns)))
    if let json {
      try Report(setting: setting, goals: goals).write(to: json)
    }
    if failed || goals.contains(where: { $0.isReached == false }) { throw ExitCode(1) }
  }

  private func measureGrowth() throws {
    let setting = Setting(threads: threads, torch: nil)
    let growth = Growth(threads: threads, mostImages: mostImages, tell: tell)
    try Growth.write(growth.measure(), setting: setting, to: "\(root)/docs")
  }

  private func tell(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
  }
}

do {
  BLASKernels.choose()
  var benchmarks = try Benchmarks.parse()
  try benchmarks.run()
} catch BenchmarkError.refused(let reason) {
  FileHandle.standardError.write(Data("error: \(reason)\n".utf8))
  exit(1)
} catch {
  Benchmarks.exit(withError: error)
}
