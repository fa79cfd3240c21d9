// Written by ExampleTests with WAYMARK_WRITE_EXPECTED=1.
// Its lines are as long as what is printed.
// swift-format-ignore-file

/// The first lines that each example of a help page prints, on a small session.
enum ExamplePrints {
  static let lines: [String: [String]] = [
    "about": [
      "Waymark 0.1.0",
    ],
    "begin rehearsal-kd net on=T as kd": [
      "kd: rehearsal-kd, 0/5 tasks, before task 1",
    ],
    "classes signs > classes.csv": [
      "wrote classes.csv",
    ],
    "classes signs sort=count top=10": [
      "class  name                         train  test",
      "    0  Speed limit (20km/h)             5     2",
      "    1  Speed limit (30km/h)             5     2",
      "    2  Speed limit (50km/h)             5     2",
      "    3  Speed limit (60km/h)             5     2",
      "    4  Speed limit (70km/h)             5     2",
      "    5  Speed limit (80km/h)             5     2",
      "…",
    ],
    "compare > curves.csv": [
      "wrote curves.csv",
    ],
    "confusion kd > confusion.csv": [
      "wrote confusion.csv",
    ],
    "confusion kd top=5": [
      "3 of 32 images right",
      "count  is                      was taken for",
      "    2  0 Speed limit (20km/h)  5 Speed limit (80km/h)",
      "    2  1 Speed limit (30km/h)  5 Speed limit (80km/h)",
      "    2  2 Speed limit (50km/h)  5 Speed limit (80km/h)",
      "    2  3 Speed limit (60km/h)  5 Speed limit (80km/h)",
      "    2  4 Speed limit (70km/h)  5 Speed limit (80km/h)",
    ],
    "define model layers=[conv(32,5), lrelu, pool, flatten, dense(128), relu] as mine": [
      "mine: mine, 1,052,426 parameters, 10 outputs",
    ],
    "define model simplecnn as net": [
      "net: SimpleCNN, 98,826 parameters, 10 outputs",
    ],
    "digest net": [
      "23a1208faf83a01c5ae3b5034469f4254bd5fe45a3e292588eb05f41175ddb21  net",
    ],
    "drop few": [
      "dropped few",
    ],
    "load folder ~/mine as mine": [
      "mine: 3 classes, 9 training and 3 test images, 32×32×3",
    ],
    "load gtsrb path=../gtsrb as signs": [
      "signs: 43 classes, 12 training and 3 test images, 32×32×3",
    ],
    "load synthetic as signs": [
      "signs: 43 classes, 6,450 training and 3,225 test images, 32×32×3",
    ],
    "load synthetic classes=8 per-class=30 seed=7 as few": [
      "few: 8 classes, 240 training and 120 test images, 32×32×3",
    ],
    "manual > commands.md": [
      "wrote commands.md",
    ],
    "net": [
      "net: SimpleCNN, 68,106 parameters, 10 outputs",
    ],
    "plot accuracy > curves.png": [
      "wrote curves.png",
    ],
    "plot accuracy [ft, kd]": [
      "plot accuracy: a picture, which '> FILE.png' behind it would write",
    ],
    "plot classes signs > classes.png": [
      "wrote classes.png",
    ],
    "plot confusion kd > confusion.png": [
      "wrote confusion.png",
    ],
    "plot loss kd > loss.png": [
      "wrote loss.png",
    ],
    "plot matrix kd > matrix.png": [
      "wrote matrix.png",
    ],
    "pretrain net on=T.1 cache=net.safetensors": [
      "net: SimpleCNN, 66,056 parameters, 8 outputs",
      "train 25.00 %, test 12.50 % (macro 12.50 %) in 0.1 s",
      "weights written to net.safetensors",
    ],
    "pretrain net on=T.1 epochs=4": [
      "net: SimpleCNN, 66,056 parameters, 8 outputs",
      "train 25.00 %, test 12.50 % (macro 12.50 %) in 0.1 s",
    ],
    "print \"Section 2: images\"": [
      "Section 2: images",
    ],
    "quit": [
    ],
    "relink lost path=~/photos": [
      "lost: 3 classes, 9 training and 3 test images, 32×32×3",
    ],
    "run finetune net on=T epochs=5 as ft": [
      "ft: finetune, 5/5 tasks, 2.50 % on 40 classes, 0.8 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    25.00   12.50    12.50",
      "   2              16    12.50    3.12     3.12",
      "   3              24    25.00    8.33     8.33",
      "   4              32    12.50    3.12     3.12",
      "   5              40    12.50    2.50     2.50",
    ],
    "run joint net on=T once=on as ub": [
      "ub: joint, 1/1 tasks, 5.00 % on 40 classes, 0.6 s",
      "task  classes so far  train %  test %  macro %",
      "   1              40     7.50    5.00     5.00",
    ],
    "run rehearsal-kd net on=T memory=200 temperature=2 as kd": [
      "kd: rehearsal-kd, 5/5 tasks, 1.25 % on 40 classes, 2.6 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    12.50   18.75    18.75",
      "   2              16     6.25    9.38     9.38",
      "   3              24     5.00    2.08     2.08",
      "   4              32     4.38    3.12     3.12",
      "   5              40     2.50    1.25     1.25",
    ],
    "save script lesson.way": [
      "wrote 13 commands to lesson.way",
    ],
    "save session day1.waymark": [
      "saved 8 objects to day1.waymark",
    ],
    "set seed=7 threads=2": [
      "setting  value",
      "seed         7",
      "threads      2",
    ],
    "show batch signs": [
      "image  class  name",
      "  171     34  Turn left ahead",
      "  139     27  Pedestrians",
      "  202     40  Roundabout mandatory",
      "  123     24  Road narrows on the right",
      "   75     15  No vechiles",
      "  175     35  Ahead only",
      "…",
    ],
    "show batch signs n=16 task=T.2 labels=on > batch.png": [
      "wrote batch.png",
    ],
    "show image signs 123": [
      "image 123 of train: class 24, Road narrows on the right, track 24, 16×16",
    ],
    "source lesson.way epochs=2": [
      "2 epochs",
    ],
    "summary net": [
      "SimpleCNN, batch of 64",
      "layer           output shape      parameters  multiply-adds",
      "Conv2d (conv1)  [64, 32, 16, 16]        2432       39845888",
      "Conv2d (conv2)  [64, 64, 8, 8]         18496       75759616",
      "Conv2d (conv3)  [64, 64, 4, 4]         36928       37814272",
      "Linear (fc)     [64, 10]               10250         656000",
      "parameters: 68,106, all trainable",
      "…",
    ],
    "summary net batch=1 > summary.json": [
      "wrote summary.json",
    ],
    "transform signs crop=random hflip=on": [
      "signs: 43 classes, 215 training and 86 test images, 16×16×3, random crops, flips",
    ],
    "transform signs normalize=on": [
      "signs: 43 classes, 215 training and 86 test images, 16×16×3, normalised",
    ],
  ]
}
