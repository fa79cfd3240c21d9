import CommandLanguage
import Datasets
import Exchange
import Inspection
import Learning
import Networks
import Sessions
import Tracking

extension Command<ShellContext> {
  static var export: ShellCommand {
    let object = Parameter.positional(
      "object", .object(.network, .data, .run, .checkpoint),
      "A network, a data set, a run or a checkpoint.")
    let tasks = Parameter.optional(
      "on", .object(.task, .tasks),
      "Which classes a network's outputs stand for, to be written with it: T.1 or T.")
    let project = Parameter.option(
      "project", .text, default: "waymark", "The project of a run in W&B.")
    return ShellCommand(
      "export", "Writes a network, a data set or a run for other programs.", category: .session,
      effect: .changes,
      searchWords: ["torch.save", "torch.onnx.export", "np.savez", "save_state_dict"],
      parameters: [object, tasks, project],
      formats: ["safetensors", "onnx", "npz", "csv", "jsonl", "tensorboard", "wandb"],
      examples: [
        Example("export net > net.safetensors", "For PyTorch's load_state_dict and 'import'."),
        Example("export net > net.onnx", "For onnxruntime and Netron."),
        Example("export kd > kd.safetensors", "The network that a run has now."),
        Example("export kd@1 > kd-1.onnx", "The one that it had after task 1."),
        Example("export signs > signs.npz", "For numpy.load and 'load npz'."),
        Example("export kd > logs format=tensorboard", "What 'track tensorboard logs' writes."),
        Example("export kd > wandb format=wandb project=GTSRB-CIL", "An offline run of W&B."),
      ], seeAlso: ["import", "export features", "export memory", "track"],
      discussion: """
        Networks: safetensors, with PyTorch's names, shapes and layout, and what is needed to make \
        the network again; onnx, whose input is normalized images [N, channels, height, width] with \
        any N. The metadata of both have the names of the classes and the figures of the \
        normalization, for a network with on=. Data sets: npz, images before the transform. Runs: \
        csv, jsonl, tensorboard and wandb; safetensors and onnx have the network as the run has it \
        now, or a checkpoint's of then. Where a run reads several networks together, the file has all \
        of them, as backbones.0, backbones.1 and so on, and the head that reads them.
        """
    ) { context, arguments in
      let name = arguments[object].name
      guard let target = arguments.output else {
        throw FileProblem.noTarget(command: "export \(name)")
      }
      guard !target.appends else { throw FileProblem.cannotAppend }
      return try context.exporter(
        of: arguments[object], on: arguments[tasks].map { try context.tasks($0.name) },
        arguments.format ?? target.ending, project: arguments[project])
    }
  }
}

/// What objects are written as.
private enum ExportFormat: String, CaseIterable, Sendable {
  case safetensors
  case onnx
  case npz
  case csv
  case jsonl
  case tensorboard
  case wandb

  static func all(for object: Object) -> [ExportFormat] {
    switch object {
    case .network: [.safetensors, .onnx]
    case .data: [.npz]
    default: [.safetensors, .onnx, .csv, .jsonl, .tensorboard, .wandb]
    }
  }

  /// Nil for what is not a log.
  func log(project: String) -> Tracking.Target.Form? {
    switch self {
    case .csv: .csv
    case .jsonl: .jsonl
    case .tensorboard: .tensorboard
    case .wandb: .wandb(project: project, name: nil)
    case .safetensors, .onnx, .npz: nil
    }
  }
}

extension ShellContext {
  private static let writer = "waymark \(Program.version)"

  /// An output that writes the object when it is delivered.
  fileprivate func exporter(
    of reference: ObjectReference, on tasks: Tasks?, _ word: String, project: String
  ) throws -> CommandOutput {
    let name = reference.name
    var output = CommandOutput()
    if session[name] == nil {
      let (run, state) = try state(of: reference)
      let known: [ExportFormat] = [.safetensors, .onnx]
      guard let format = ExportFormat(rawValue: word), known.contains(format) else {
        throw FileProblem.wrongForm(word, kind: .checkpoint, known: known.map(\.rawValue))
      }
      try write(state, of: run, named: name, as: format, to: &output)
      return output
    }
    guard let object = session[name] else { throw DataProblem.gone(name: name) }
    let formats = ExportFormat.all(for: object)
    guard let format = ExportFormat(rawValue: word), formats.contains(format) else {
      throw FileProblem.wrongForm(word, kind: object.objectKind, known: formats.map(\.rawValue))
    }
    switch object {
    case .network(let network):
      var facts: [String: String] = [:]
      if let tasks {
        try checkOutputs(of: network, for: tasks)
        facts = try Model(network, tasks: tasks.sequence).facts(data(tasks.data))
      }
      output.file = Self.writing(WrittenNetwork(network), facts, format)
    case .data(let data):
      output.file = { path in
        try data.writeNPZ(to: path)
        return [path]
      }
    case .run(let run):
      guard let log = format.log(project: project) else {
        try write(run.run, of: run, named: name, as: format, to: &output)
        break
      }
      output.file = { path in
        [
          try Tracking.export(
            run.run, name: name, data: run.data, program: Self.writer,
            to: .init(log, path: path))
        ]
      }
    case .tasks, .table, .unavailable, .unknown: break
    }
    return output
  }

  /// Has an output write the network that a run had.
  private func write(
    _ state: Run, of run: RunOnData, named name: String, as format: ExportFormat,
    to output: inout CommandOutput
  ) throws {
    output.notes = notes(onNetworkOf: state, name)
    var facts: [String: String] = [:]
    if let model = Model(state) {
      if let data = try? data(run.data) {
        facts = model.facts(data)
      } else {
        output.notes.append(
          "the names of the classes are not in the file, since the data set '\(run.data)' is not there"
        )
      }
    }
    output.file = Self.writing(state.writtenNetwork, facts, format)
  }

  private static func writing(
    _ network: WrittenNetwork, _ facts: [String: String], _ format: ExportFormat
  ) -> (String) throws -> [String] {
    { path in
      if format == .onnx {
        try ONNXFile.write(network, to: path, facts: facts, program: writer)
      } else {
        try WeightFile.write(network, to: path, facts: facts)
      }
      return [path]
    }
  }

  /// What the network that a run has now lacks of what the run classifies by.
  private func notes(onNetworkOf run: Run, _ name: String) -> [String] {
    if let head = run.classifiers.first, head != .linear {
      return [
        "'\(name)' classifies by its \(head.rawValue) head, which is not in the file: that has the "
          + "network alone"
      ]
    }
    guard run.correctsScores else { return [] }
    return [
      "the corrections by which '\(name)' classifies are not in the file: that has the network alone"
    ]
  }
}
