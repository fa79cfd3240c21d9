import CommandLanguage
import Sessions

extension Command<ShellContext> {
  static var set: ShellCommand {
    let seed = Parameter.optional("seed", .seed, "Random seed.")
    let threads = Parameter.optional(
      "threads", .integer(1...64), "Threads of work; results do not depend on it.")
    let plots = Parameter.optional(
      "plots",
      .choice([
        .init("auto", "as the terminal can"), .init("kitty"), .init("sixel"), .init("text"),
        .init("off", "tables instead"),
      ]), "How pictures are shown in the terminal.")
    let progress = Parameter.optional(
      "progress",
      .choice([
        .init("auto"), .init("bar"), .init("lines", "plain lines"), .init("off"),
      ]), "How long work is shown.")
    return ShellCommand(
      "set", "Changes settings of the session.", category: .session, effect: .changes,
      searchWords: ["manual_seed"], parameters: [seed, threads, plots, progress],
      examples: [Example("set seed=7 threads=2", "From here on.")], seeAlso: ["get", "status"]
    ) { context, arguments in
      var settings = context.session.settings
      if let seed = arguments[seed] { settings.seed = Int(truncatingIfNeeded: seed) }
      if let threads = arguments[threads] { settings.threads = threads }
      if let plots = arguments[plots] { settings.plots = plots }
      if let progress = arguments[progress] { settings.progress = progress }
      context.apply(settings)
      let given: [any AnyParameter] = [seed, threads, plots, progress]
      return context.settings(given.filter { arguments.isGiven($0) }.map(\.name))
    }
  }
}
