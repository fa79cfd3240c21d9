import CommandLanguage
import Shell
import Testing

/// `show transform`: an image before and after each step.
struct ShowTransformTests {
  private static let signs = """
    load synthetic classes=4 per-class=10 test-per-class=5 size=16 as signs
    transform signs crop=random hflip=on brightness=20% normalize=on
    """

  private func rows(_ command: String, _ shell: Typist) throws -> [[String]] {
    try shell.output(of: command + " format=csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test func everyStepHasARow() throws {
    let shell = try Typist(after: Self.signs)
    let rows = try rows("show transform signs 3 n=2 seed=4", shell)
    #expect(
      rows.map { "\($0[0]) \($0[1])" }
        == (1...2).flatMap { draw in
          ["image", "crop", "hflip", "brightness", "network"].map { "\(draw) \($0)" }
        })
    #expect(try rows == self.rows("show transform signs 3 n=2 seed=4", shell))
    #expect(try rows != self.rows("show transform signs 3 n=2 seed=5", shell))
    #expect(try shell.output(of: "show transform signs 3 seed=4").contains("3 draws with seed=4"))
  }

  @Test func testImagesGoWithoutTheRandomSteps() throws {
    let shell = try Typist(after: Self.signs)
    let rows = try rows("show transform signs 3 split=test", shell)
    #expect(rows.map { $0[1] } == ["image", "network"])
    #expect(try shell.output(of: "show transform signs 3 split=test").contains("nothing is random"))
  }

  /// A run keeps the transform that it began with.
  @Test func runHasATransformOfItsOwn() throws {
    let shell = try Typist(
      after: Self.signs + """

        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool] size=16 as net
        begin finetune net on=T epochs=1 as ft
        transform signs crop=none hflip=off brightness=0 normalize=off
        """)
    #expect(try rows("show transform signs 3", shell).map { $0[1] } == ["image", "network"])
    #expect(try rows("show transform ft 3 n=1", shell).count == 5)
    #expect(try rows("show transform ft@0 3 n=1", shell).count == 5)
  }

  @Test func thereIsNoSuchImage() throws {
    let shell = try Typist(after: Self.signs)
    let error = try #require(shell.problem("show transform signs 100000"))
    #expect(error.contains("from 0"), "\(error)")
  }
}
