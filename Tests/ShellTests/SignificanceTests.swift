import CommandLanguage
import Foundation
import Shell
import Testing

/// `compare … test=`.
struct SignificanceTests {
  private var shell: TestShell

  init() throws {
    shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=12 test-per-class=8 balanced=on size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool] size=16 outputs=2 as net
        run finetune net on=T epochs=1 batch=8 seeds=3 seed=1 as a
        run joint net on=T epochs=2 batch=8 seeds=4 seed=1 as b
        run finetune net on=T epochs=2 batch=8 lr=0.01 seeds=3 seed=1 as c
        """)
  }

  private mutating func comparisons(_ command: String) throws -> [[String: Any]] {
    try #require(try shell.json(of: command)["comparisons"] as? [[String: Any]])
  }

  /// Differences are those of the runs of the same seed, and p follows from them.
  @Test mutating func differencesArePairedBySeed() throws {
    let one = try comparisons("compare [a, b] test=permutation figure=final")[0]
    #expect(one["seeds"] as? [Int] == [1, 2, 3])
    let runs = try #require(
      try shell.json(of: "compare [a, b] each=on")["runs"] as? [[String: Any]])
    func final(_ name: String) -> Double? {
      runs.first { $0["name"] as? String == name }?["final"] as? Double
    }
    let expected = (1...3).compactMap { seed in
      final("b-\(seed)").flatMap { b in final("a-\(seed)").map { b - $0 } }
    }
    let differences = try #require(one["differences"] as? [Double])
    #expect(expected.count == 3 && zip(differences, expected).allSatisfy { abs($0 - $1) < 0.02 })
    #expect(one["smallest_p"] as? Double == 0.25)
    let p = try #require(one["p"] as? Double)
    let sums = (0..<8).map { way in
      differences.indices.reduce(0.0) { $0 + differences[$1] * (way >> $1 & 1 == 0 ? 1 : -1) }
    }
    let extreme = sums.count { abs($0) >= abs(sums[0]) - 1e-9 }
    #expect(abs(p - Double(extreme) / 8) < 1e-12)
  }

  @Test mutating func fewSeedsAreWarnedOf() throws {
    let text = try shell.output(of: "compare [a, b] test=permutation")
    #expect(
      text.contains("3 seeds: the smallest p that this test can give is 0.25, however large"),
      "\(text)")
    #expect(text.contains("at least 6 seeds are needed to fall below 0.05"), "\(text)")
    #expect(text.contains("seed 4 left out: only one of 'a' and 'b' has it"), "\(text)")
    #expect(text.contains("b minus a: ") && text.contains("(seed 3)"), "\(text)")
  }

  @Test mutating func severalComparisonsAreAdjusted() throws {
    let all = try comparisons("compare [a, b, c] test=sign metric=macro")
    #expect(all.map { "\($0["first"] ?? "") \($0["second"] ?? "")" } == ["a b", "a c", "b c"])
    let p = all.compactMap { $0["p"] as? Double }
    let holm = all.compactMap { $0["p_holm"] as? Double }
    let least = try #require(p.indices.min { p[$0] < p[$1] })
    #expect(abs(holm[least] - min(1, 3 * p[least])) < 1e-12)
    #expect(zip(p, holm).allSatisfy { $0 <= $1 })
    let text = try shell.output(of: "compare [a, b, c] test=sign")
    #expect(text.contains("p (Holm)") && text.contains("among 3 comparisons"), "\(text)")
  }

  /// The same as `compare mistakes` has.
  @Test mutating func mcNemarIsOfTheImages() throws {
    let mistakes = try shell.json(of: "compare mistakes [a-1, b-1]")
    let text = try shell.output(of: "compare [a-1, b-1] test=mcnemar format=json")
    let record = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let row = try #require((record["rows"] as? [[String: Any]])?.first)
    #expect(row["only_first"] as? Int == (mistakes["only_first"] as? [Int])?.count)
    let p = try #require(row["p"] as? Double)
    #expect(abs(p - (mistakes["mcnemar_p"] as? Double ?? -1)) < 1e-12)
    #expect(
      try shell.output(of: "compare [a-1, b-1] test=mcnemar").contains("nothing of other seeds"))
  }

  @Test(arguments: [
    ("compare [a-1, b-1] test=permutation", "a test over seeds needs two or more"),
    ("compare [a] test=sign", "'a' alone cannot be tested"),
    ("compare [a, b] test=mcnemar", "McNemar's test compares single runs"),
  ])
  mutating func whatCannotBeTestedIsRefused(command: String, message: String) throws {
    let error = shell.error(of: command)?.text() ?? ""
    #expect(error.contains(message), "\(error)")
  }
}
