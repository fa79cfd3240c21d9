/// Judging by parts of the images.
extension Topic {
  static let slices = [
    Topic(
      .idea, "slice", "some of the images, by which a model is judged alone",
      otherNames: ["subset", "subgroup", "stratum", "error analysis", "selection"],
      text: """
        One accuracy over all test images hides who is wronged: a model that is right in daylight \
        and blind at dusk can have a good mean. 'select' makes data sets of the images that share \
        something, such as darkness, blur, a small size in the file or a class, and 'evaluate' \
        asks about them alone. Few images make a figure uncertain: of 20 images one is 5 points.

        A slice has to be chosen by what is known before the model answers. The images that a model \
        gets wrong are worth a look, but no test: that model has 0 % there by choice, and another \
        one looks better than it is.
        """,
      sources: [
        "Oakden-Rayner, Dunnmon, Carneiro and Ré 2020: Hidden stratification causes clinically "
          + "meaningful failures in machine learning for medical imaging"
      ],
      commands: [
        "select signs where brightness=..100 as dark", "evaluate kd on=dark",
        "evaluate kd on=signs",
        "select signs where split=test and wrong=kd as hard", "show batch hard n=8 split=test",
      ],
      seeAlso: ["accuracy", "confusion"])
  ]
}
