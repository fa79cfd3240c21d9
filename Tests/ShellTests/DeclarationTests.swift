import CommandLanguage
import Foundation
import Learning
import Sessions
import Shell
import TestSupport
import Testing

/// What the commands say of themselves.
struct DeclarationTests {
  /// Makes the objects that examples name.
  static let preparation = """
    load synthetic as signs
    load synthetic classes=8 as few
    tasks signs as T
    define model simplecnn as net
    begin finetune net on=T as ft
    begin rehearsal-kd net on=T as kd
    begin finetune net on=T as many
    begin finetune net on=T as other
    select signs where class=0 as dark
    table results columns=[strategy, memory, final]
    """

  @Test func declarationsAndExamplesAreRight() throws {
    var context = try TestShell(after: "load synthetic classes=2 per-class=3 size=16 as lost")
      .context
    guard case .data(let data)? = context.session["lost"] else { return }
    // What 'relink' is for comes from a session file only.
    context.session.set("lost", to: .unavailable(.init(.init(data), .notLoaded("it is gone"))))
    let problems = Registry.waymark.review(preparation: Self.preparation, in: context)
    #expect(problems == [])
  }

  @Test(arguments: Registry.waymark.commands.map(\.verb))
  func helpOfACommandNamesItsParametersAndExamples(verb: String) throws {
    let command = try #require(Registry.waymark.command(verb))
    var shell = TestShell()
    let text = try shell.output(of: "help '\(verb)'")
    let said = joined(text)
    for parameter in command.parameters { #expect(said.contains(joined(parameter.name))) }
    for example in command.examples { #expect(said.contains(joined(example.line))) }
  }

  @Test(arguments: Strategies.all.map { $0.description.name })
  func helpOfAStrategyHasFormulaAndOptions(name: String) throws {
    let strategy = try #require(Strategies.named(name))
    var shell = TestShell()
    let text = try shell.output(of: "help \(name)")
    for option in strategy.options { #expect(text.contains(option.name), "\(text)") }
    #expect(joined(text).contains(joined(strategy.description.formula)), "\(text)")
  }

  /// Without blanks and line breaks, which depend on the width, in lower case.
  private func joined(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace }
  }

  @Test func helpListsEveryCommand() throws {
    var shell = TestShell()
    let text = try shell.output(of: "help")
    for command in Registry.waymark.commands { #expect(text.contains(command.verb)) }
  }
}
