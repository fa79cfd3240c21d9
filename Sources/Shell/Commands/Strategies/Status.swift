import CommandLanguage
import Sessions

extension Command<ShellContext> {
  static var status: ShellCommand {
    let run = Parameter.optionalPositional("run", .object(.run), "The run.")
    return ShellCommand(
      "status", "Says where a run stands, or what the program runs on.", category: .strategies,
      effect: .looks, searchWords: ["device", "nvidia-smi"], parameters: [run], formats: .table,
      examples: [
        Example("status", "Version, seed, threads, kernels, objects."),
        Example("status kd", "Task, epoch, batch and accuracies so far."),
      ], seeAlso: ["objects", "get"]
    ) { context, arguments in
      if let reference = arguments[run] {
        return context.report(of: reference.name, try context.run(reference.name).run)
      }
      return context.machineStatus()
    }
  }
}
