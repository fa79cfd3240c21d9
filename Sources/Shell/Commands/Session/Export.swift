import CommandLanguage
import Datasets
import Exchange
import Learning
import Networks
import Sessions
import Tracking

extension Command<ShellContext> {
  static var export: ShellCommand {
    let object = Parameter.positional(
      "object", .object(.network, .data, .run), "A network, a data set or a run.")
    let project = Parameter.option(
      "project", .text, default: "waymark", "The project of a run in W&B.")
    return ShellCommand(
      "export", "Writes a network, a data set or a run for other programs.", category: .session,
      effect: .changes,
      searchWords: ["torch.save", "torch.onnx.export", "np.savez", "save_state_dict"],
      parameters: [object, project],
      formats: ["safetensors", "onnx", "npz", "csv", "jsonl", "tensorboard", "wandb"],
      examples: [
        Example("export net > net.safetensors", "For PyTorch's load_state_dict and 'import'."),
        Example("export net > net.onnx", "For onnxruntime and Netron."),
        Example("export kd > kd.safetensors", "The network that a run has now."),
        Example("export signs > signs.npz", "For numpy.load and 'load npz'."),
        Example("export kd > logs format=tensorboard", "What 'track tensorboard logs' writes."),
        Example("export kd > wandb format=wandb project=GTSRB-CIL", "An offline run of W&B."),
      ],
      seeAlso: ["import", "export features", "track"],
      discussion: """
        Networks: safetensors, with PyTorch's names, shapes and layout, and what is needed to make \
        the network again; onnx, whose input is normalised images [N, channels, height, width] with \
        any N. Data sets: npz, images before the transform. Runs: csv, jsonl, tensorboard and wandb; \
        safetensors and onnx have the network as the run has it now.
        """
    ) { context, arguments in
      let name = arguments[object].name
      guard let target = arguments.output else {
        throw Failure("where to? 'export \(name) > FILE'", help: "help export")
      }
      guard !target.appends else {
        throw Failure("export writes a whole file; use > instead of >>")
      }
      let format = arguments.format ?? target.ending
      let program = "waymark \(Program.version)"
      return try context.exporter(of: name, format, project: arguments[project], program: program)
    }
  }
}

extension ShellContext {
  /// An output that writes the object when it is delivered.
  fileprivate func exporter(
    of name: String, _ format: String, project: String, program: String
  ) throws -> CommandOutput {
    var output = CommandOutput()
    switch (session[name], format) {
    case (.network(let network)?, "safetensors"):
      output.file = { path in
        try WeightFile.write(network, to: path)
        return [path]
      }
    case (.network(let network)?, "onnx"):
      output.file = { path in
        try ONNXFile.write(network, to: path, program: program)
        return [path]
      }
    case (.data(let data)?, "npz"):
      output.file = { path in
        try data.writeNPZ(to: path)
        return [path]
      }
    case (.run(let run)?, "safetensors"), (.run(let run)?, "onnx"):
      output = try exporter(of: run.run, name, format, program: program)
    case (.run(let run)?, "csv"), (.run(let run)?, "jsonl"), (.run(let run)?, "tensorboard"),
      (.run(let run)?, "wandb"):
      output.file = { path in
        let form: Tracking.Target.Form =
          switch format {
          case "csv": .csv
          case "jsonl": .jsonl
          case "tensorboard": .tensorboard
          default: .wandb(project: project, name: nil)
          }
        return [
          try Tracking.export(
            run.run, name: name, data: run.data, program: program, to: .init(form, path: path))
        ]
      }
    case (let object?, _):
      let forms =
        switch object {
        case .network: "safetensors or onnx"
        case .data: "npz"
        default: "safetensors, onnx, csv, jsonl, tensorboard or wandb"
        }
      throw Failure(
        "\(object.objectKind.phrase) is written as \(forms), not as \(format)", help: "help export")
    case (nil, _): throw Failure("'\(name)' is not here any more", help: "objects")
    }
    return output
  }

  /// An output that writes the network that a run has now.
  private func exporter(
    of run: Run, _ name: String, _ format: String, program: String
  ) throws -> CommandOutput {
    guard run.backbones == 1 else {
      throw Failure(
        "'\(name)' classifies by \(run.backbones) networks together, one for each task, and the file "
          + "would have one of them: export the run as csv, jsonl, tensorboard or wandb",
        help: "help \(run.setup.strategy)")
    }
    var output = CommandOutput()
    if let head = run.heads.first, head != .linear {
      output.notes.append(
        "'\(name)' classifies by its \(head.rawValue) head, which is not in the file: that has the "
          + "network alone")
    } else if run.setup.strategy == "bic" {
      output.notes.append(
        "the corrections by which '\(name)' classifies are not in the file: that has the network alone"
      )
    }
    output.file = { path in
      if format == "onnx" {
        try ONNXFile.write(run.network, to: path, program: program)
      } else {
        try WeightFile.write(run.network, to: path)
      }
      return [path]
    }
    return output
  }
}
