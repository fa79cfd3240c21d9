import CommandLanguage
import Plotting
import Sessions

extension Command<ShellContext> {
  static var set: ShellCommand {
    let seed = Parameter.optional("seed", .seed, "Random seed.")
    let threads = Parameter.optional(
      "threads", .integer(1...64), "Threads of work; results do not depend on it.")
    let plots = Parameter.optional(
      "plots",
      .choice(of: PicturePlace.self) { place in
        switch place {
        case .auto: "as the terminal can"
        case .window: "in gnuplot's windows"
        case .kitty, .sixel, .text: ""
        case .off: "tables instead"
        }
      }, "Where pictures are shown: in the terminal or in windows.")
    let progress = Parameter.optional(
      "progress",
      .choice([
        .init("auto"), .init("bar"), .init("lines", "plain lines"), .init("off"),
      ]), "How long work is shown.")
    let style = Parameter.optional(
      "style", .choice(of: PictureStyle.Purpose.self, \.summary),
      "What pictures in files are made for, where a command does not say it.")
    return ShellCommand(
      "set", "Changes settings of the session.", category: .session, effect: .changes,
      searchWords: ["manual_seed"], parameters: [seed, threads, plots, progress, style],
      examples: [
        Example("set seed=7 threads=2", "From here on."),
        Example("set style=paper", "Pictures in files are 85 mm wide from here on."),
        Example("set plots=window", "Each figure gets a window of its own on the desktop."),
      ],
      seeAlso: ["get", "status"],
      discussion: """
        With plots=window every command that draws has a window of its own, with the command as its \
        title; the same command draws into it again. At the prompt the windows close with the \
        session; those of a script stay until you close them. Where there is no display, or gnuplot \
        has no windows, pictures appear in the terminal.
        """,
      seeding: { $0[seed] }
    ) { context, arguments in
      var settings = context.session.settings
      if let seed = arguments[seed] { settings.seed = Int(truncatingIfNeeded: seed) }
      if let threads = arguments[threads] { settings.threads = threads }
      if let plots = arguments[plots] { settings.plots = plots }
      if let progress = arguments[progress] { settings.progress = progress }
      if let style = arguments[style] { settings.style = style.rawValue }
      context.apply(settings)
      let given: [any AnyParameter] = [seed, threads, plots, progress, style]
      return context.settings(given.filter { arguments.isGiven($0) }.map(\.name))
    }
  }
}
