import CommandLanguage
import Sessions

extension Command<ShellContext> {
  static var status: ShellCommand {
    let run = Parameter.optionalPositional("run", .object(.run, .runs), "The run.")
    return ShellCommand(
      "status", "Says where a run stands, or what the program runs on.", category: .strategies,
      effect: .looks, searchWords: ["device", "nvidia-smi"], parameters: [run], formats: .table,
      examples: [
        Example("status", "Version, seed, threads, kernels, objects."),
        Example("status kd", "Task, epoch, batch and accuracies so far."),
      ], seeAlso: ["objects", "get"]
    ) { context, arguments in
      if let reference = arguments[run] {
        return try context.forEach(reference) { context, member in
          let name = (member ?? reference).name
          return context.report(of: name, try context.run(name).run)
        }
      }
      return context.machineStatus()
    }
  }
}
