import CommandLanguage
import Datasets
import Inspection
import Networks
import PlainText
import Plotting
import Randomness
import Tensors

extension Command<ShellContext> {
  static var showSaliency: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.run, .checkpoint, .network), "A run, a checkpoint or a network.")
    let method = Parameter.option(
      "method", .choice(of: Saliency.Method.self), default: .gradient,
      "How each pixel's weight in the answer is found.", searchWords: ["saliency", "attribution"])
    let target = Parameter.optional(
      "class", .classes, "Whose score is looked into: 14 or Stop (default: the class answered).")
    let layer = Parameter.optional(
      "layer", .part(PartNoun.layer, of: model),
      "gradcam: at which layer (default: the last convolution).")
    let patch = Parameter.optional(
      "patch", .integer(1...512),
      "occlusion: the side of the grey square, in pixels (default: a quarter of the image's).",
      searchWords: ["window"])
    let stride = Parameter.optional(
      "stride", .integer(1...512),
      "occlusion: pixels from one place to the next (default: a quarter of the patch).")
    return ShellCommand(
      "show saliency", "Shows where in an image a model sees the class that it answers.",
      category: .models, effect: .looks,
      searchWords: ["gradcam", "grad-cam", "heatmap", "attribution", "occlusion"],
      parameters: [
        model, ModelImages.single, method, target, layer, patch, stride, ModelImages.numberedSplit,
        ModelImages.outputs, HeadChoice.parameter,
      ] + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("show saliency kd signs 425", "Which pixels the score of the answer depends on."),
        Example(
          "show saliency kd signs 425 method=gradcam class=Stop > cam.png",
          "What speaks for another class, in a file."),
        Example(
          "show saliency kd@1 signs 425 method=occlusion patch=6",
          "What the score loses where a grey square covers the image."),
      ],
      seeAlso: ["predict", "show activations", "show mistakes"],
      discussion: """
        'gradient' takes the logit's derivative by every pixel: its size, of the colours the largest. \
        'gradcam' weighs a layer's maps by how much the logit grows with each, and keeps what speaks \
        for the class. 'occlusion' covers one place after another and asks again: it needs no gradient, \
        so it can look into every strategy, at the price of some hundred answers an image.

        A file that ends in .csv has a row for every pixel. 'explain saliency' compares the methods.
        """
    ) { context, arguments in
      let reference = arguments[model]
      let chosen = arguments[method]
      let special: [(any AnyParameter, Saliency.Method)] = [
        (layer, .gradcam), (patch, .occlusion), (stride, .occlusion),
      ]
      for (option, method) in special where arguments.isGiven(option) && method != chosen {
        throw ModelProblem.optionOfAnotherMethod(option: option.name, method: method.rawValue)
      }
      let given = try arguments[ModelImages.outputs].map { try context.tasks($0.name) }
      let (asked, learnedOn) = try context.model(reference, on: given, head: arguments.head)
      if chosen != .occlusion, let obstacle = asked.gradientObstacle {
        throw ModelProblem.noGradient(obstacle, name: reference.name, parameter: "model")
      }
      let shown = try context.subject(
        arguments[ModelImages.single], arguments[ModelImages.numberedSplit], learnedOn: learnedOn,
        at: ModelImages.single, arguments)
      try context.checkCount(of: shown)
      let label = try arguments[target].map { words in
        let labels = try context.classes(words, of: shown.data, at: target)
        guard labels.count == 1 else {
          throw ModelProblem.severalClasses(labels.count, parameter: target.name)
        }
        return labels[0]
      }
      let answers = try context.predictions(
        of: asked, shown.data, split: shown.split, images: shown.images,
        isLabelled: shown.files == nil)
      let outputs = try shown.images.indices.map { position -> Int in
        guard let label else { return answers.ranking(at: position)[0].output }
        guard let output = asked.output(of: label) else {
          throw ModelProblem.classNotLearned(
            shown.data.numberedName(label), name: reference.name, parameter: target.name)
        }
        return output
      }
      let scores = zip(shown.images.indices, outputs).map { Array(answers.scores(at: $0))[$1] }
      guard scores.allSatisfy(\.isFinite) else { throw ModelProblem.noScore(name: reference.name) }

      let data = asked.prepared(shown.data)
      let maps: [PixelMap]
      let way: SaliencySheet.Way
      switch chosen {
      case .gradient:
        let batch = data.batch(
          shown.images, of: shown.split, random: RandomStream(seed: 0),
          on: context.training.device.pool)
        maps = Saliency.gradients(
          asked.network, batch.images, outputs: outputs, on: context.training.device)
        way = .gradient(
          isNormalized: data.transform.normalization != nil || data.transform.standardize)
      case .gradcam:
        let place = try LayerChoice.layer(
          layer, arguments, of: asked.network.architecture, reference.name, isLast: true)
        let batch = data.batch(
          shown.images, of: shown.split, random: RandomStream(seed: 0),
          on: context.training.device.pool)
        maps = Saliency.gradCAM(
          asked.network, batch.images, outputs: outputs, at: place, on: context.training.device)
        way = .gradCAM(place)
      case .occlusion:
        let shape = data[shown.split].shape
        let side = arguments[patch] ?? max(1, min(shape.height, shape.width) / 4)
        let step = arguments[stride] ?? max(1, side / 4)
        let occlusion = try context.occlusion(
          Occlusion(
            asked, shown.data, split: shown.split, images: shown.images, outputs: outputs,
            patch: side, stride: step))
        maps = occlusion.maps(whole: scores)
        way = .occlusion(patch: side, stride: step, isLogit: asked.givesProbabilities)
      }
      var seen = shown
      seen.data = data
      let sheet = SaliencySheet(
        maps, seen, answers, outputs: outputs, way, model: reference.name)
      var notes = context.classNamesNote(asked, learnedOn: learnedOn, given: shown.data)
      if chosen != .occlusion, asked.correctsScores {
        notes.append(
          "the corrections by which '\(reference.name)' classifies are not in the map: it is the "
            + "network's own")
      }
      notes += shown.photographNotes
      if !asked.givesProbabilities { notes.append(AnswerSheet.noProbabilities) }
      return sheet.output(warnings: notes)
    }
  }
}
