import Foundation

/// SplitMix64 (Steele, Lea and Flood, 2014): the same cases everywhere for a seed.
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Scripts that are made from others by small changes, for fuzzing.
///
/// An input that its user finds telling joins the pool that further ones are made from.
public struct ScriptMutations {
  private var generator: SeededGenerator
  private var pool: [[Unicode.Scalar]]
  private let seedCount: Int

  private static let poolLimit = 5000
  private static let lengthLimit = 160

  /// - Parameter corpus: At least one text.
  public init(of corpus: [String], seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    // Whole texts would mostly be wrong somewhere: a few lines at a time.
    pool = corpus.flatMap { text -> [[Unicode.Scalar]] in
      let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      return lines.indices.flatMap { start in
        [1, 3].map { Array(lines[start...].prefix($0).joined(separator: "\n").unicodeScalars) }
      }
    }
    pool.append([])
    seedCount = pool.count
  }

  /// Keeps an input to make others from.
  public mutating func adopt(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    if pool.count < Self.poolLimit {
      pool.append(scalars)
    } else {
      pool[Int.random(in: seedCount..<pool.count, using: &generator)] = scalars
    }
  }

  /// The next input.
  public mutating func next() -> String {
    // Half of them from the corpus, so that not all is far from what people write.
    let count = Bool.random(using: &generator) ? seedCount : pool.count
    var scalars = pool[Int.random(in: 0..<count, using: &generator)]
    for _ in 0...Int.random(in: 0...2, using: &generator) { change(&scalars) }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars.prefix(Self.lengthLimit))
    return String(text)
  }

  private mutating func change(_ scalars: inout [Unicode.Scalar]) {
    let place = Int.random(in: 0...scalars.count, using: &generator)
    let end = min(scalars.count, place + Int.random(in: 0...12, using: &generator))
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: scalars.removeSubrange(place..<end)
    case 1: scalars.insert(contentsOf: scalars[place..<end], at: place)
    case 2, 3: scalars.insert(contentsOf: token(), at: place)
    case 4: scalars.replaceSubrange(place..<end, with: token())
    case 5:
      if place < scalars.count { scalars[place] = scalar() }
    case 6:
      let other = pool[Int.random(in: 0..<pool.count, using: &generator)]
      let start = Int.random(in: 0...other.count, using: &generator)
      scalars = Array(scalars[..<place] + other[start...])
    case 7:
      // Deep and long, but rarely.
      let count = Int.random(in: 0..<20, using: &generator) == 0 ? 120 : 3
      let part = Array(scalars[place..<end])
      for _ in 0..<count { scalars.insert(contentsOf: part, at: place) }
    default:
      let bytes = (0..<3).map { _ in UInt8.random(in: 0...255, using: &generator) }
      scalars.insert(contentsOf: String(decoding: bytes, as: UTF8.self).unicodeScalars, at: place)
    }
  }

  private mutating func token() -> [Unicode.Scalar] {
    Self.tokens[Int.random(in: 0..<Self.tokens.count, using: &generator)]
  }

  private mutating func scalar() -> Unicode.Scalar {
    if Bool.random(using: &generator) {
      return Unicode.Scalar(UInt8.random(in: 0x20..<0x7F, using: &generator))
    }
    return Self.marks[Int.random(in: 0..<Self.marks.count, using: &generator)]
  }

  private static let tokens: [[Unicode.Scalar]] = [
    "let ", "for ", " in ", "repeat ", "if ", " elif ", " else ", "not ", "exists ", " as ",
    "version 1\n", "=", "==", "!=", "<=", ">", ">>", "[", "]", "(", ")", " { ", " }", ", ", ";",
    "\n", "\r\n", "\r", " ", "\t", "'", "\"", "\\", "\\u{", "\\u{1b}", "\\\n", "$", "${", "$x",
    "${x}", "${a-b}", "# ", "0", "1", "-1", "1..3", "3..1", "80%", "5s", "1e999", "0.001",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "on", "off", "~/",
    "T.1", "T.9", "kd@4", "net", "signs", "T", "pretrain net on=T", "run finetune net on=T as x",
    "conv(4,3)", "layers=[", "x=", "epochs=", "> a.csv", "source ", "print ", "say ", "time ",
    "+", "-", "*", "/", "é", "標識", "🛑", "👍🏽", "\u{301}", "\u{200D}", "\u{202E}", "\u{FEFF}",
    "\u{0}", "\u{1B}[2J", "\u{2028}", "!ls",
    "while ", "break", "next", "return ", "function f(a, b=2) { return $a }\n", "f(1)", "f(",
    "f(b=1)", "try { ", " } else { ", "$error", " and ", " or ", " ^ ", " % ", " + ", " - ",
    "$x[0]", "[-1]",
    "$x[1..2]", "round(", "join(", "length($x)", "range(0, 3)", "accuracy(kd)",
    "let x = [1, [2]]\n",
    "for i in 1..3 { let x = $i }\n", "while $x < 3 { let x = $x + 1 }\n", "x += 1", "if $x > 1 { ",
    "for i in range(3):\n", "f\"{x}\"", "$(", "None", "0..n", "kd.accuracy",
  ].map { Array($0.unicodeScalars) }

  private static let marks: [Unicode.Scalar] = Array(
    "\"'\\$#=<>[](){},;.@%~!\n\r\t \u{0}\u{7F}\u{85}\u{A0}\u{301}\u{3000}\u{2029}\u{E000}\u{10FFFF}"
      .unicodeScalars)
}

/// The scripts that fuzzing begins with: `Tests/Corpus`, and those of `Tests/Scripts`.
public enum ScriptCorpus {
  public static let texts: [String] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return ["Corpus", "Scripts", "Scripts/errors"].flatMap { folder -> [String] in
      let path = tests.appending(path: folder).path
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return names.sorted().filter { $0.hasSuffix(".way") }.compactMap {
        try? String(contentsOfFile: "\(path)/\($0)", encoding: .utf8)
      }
    }
  }()

  /// How many inputs a fuzzing test tries: `WAYMARK_FUZZ_INPUTS`, else few.
  public static let inputCount =
    ProcessInfo.processInfo.environment["WAYMARK_FUZZ_INPUTS"].flatMap { Int($0) }
    ?? Campaign.count(4_000, long: 20_000, full: 20_000)

  /// `WAYMARK_FUZZ_SEED`, for other inputs than those of every day.
  public static let seed =
    ProcessInfo.processInfo.environment["WAYMARK_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
}
