import CommandLanguage
import Exchange
import Foundation
import Networks
import Sessions
import System

extension Command<ShellContext> {
  static var importNetwork: ShellCommand {
    let file = Parameter.positional(
      "file", .path, "Weights: .safetensors, or .pth and .pt that PyTorch saved.")
    let like = Parameter.optional(
      "like", .object(.network), "A network of the same layers, if the file does not say which.")
    let part = Parameter.optional(
      "part", .text, "Which state dict of a file that has several: part=teacher.")
    return ShellCommand(
      "import", "Makes a network from a file of weights.", category: .models, effect: .changes,
      searchWords: ["load_state_dict", "torch.load"], parameters: [file, like, part],
      result: .network,
      examples: [
        Example("import net.safetensors as net2", "What 'export net > net.safetensors' wrote."),
        Example("import weights.pth as net2", "What torch.save(net.state_dict(), …) wrote."),
        Example("import weights.pth like=net as net2", "Weights of a network of one's own."),
      ], seeAlso: ["export", "define model", "evaluate"],
      discussion: """
        Of a .pth file only tensors and dictionaries are read, through a closed list of opcodes: \
        no code in it can run. Networks that Waymark knows by name are recognised by the names and \
        shapes of their tensors. What DataParallel, torch.compile and others put in front of all \
        names (module., _orig_mod., model., net.) is taken off.
        """
    ) { context, arguments in
      let architecture = try arguments[like].map { try context.network($0.name).architecture }
      let path = arguments[file]
      guard FileStatus(path) != nil else { throw NetworkProblem.noWeights(path: path) }
      let network = try NetworkImport.network(path, like: architecture, part: arguments[part])
      let name = arguments.resultName ?? "net"
      context.session.set(name, to: .network(network))
      return context.told(name)
    }
  }
}
