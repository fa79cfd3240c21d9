// Written by ExampleTests with WAYMARK_WRITE_EXPECTED=1.
// Its lines are as long as what is printed.
// swift-format-ignore-file

/// The first lines that each example of a help page prints, on a small session.
enum ExamplePrints {
  static let lines: [String: [String]] = [
    "about": [
      "Waymark 0.1.0",
    ],
    "back kd": [
      "kd: rehearsal-kd, 1/5 tasks, 18.75 % on 8 classes, before task 2, 0.0 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    12.50   18.75    18.75",
      "'continue kd' goes on from kd@1",
    ],
    "back kd 2": [
      "kd: rehearsal-kd, 0/5 tasks, before task 1, 0.0 s",
      "'continue kd' goes on from kd@0",
    ],
    "begin rehearsal-kd net on=T as kd": [
      "kd: rehearsal-kd, 0/5 tasks, before task 1",
    ],
    "branch kd at=@0 lr=0.01 as kd3": [
      "kd3: rehearsal-kd, 0/5 tasks, before task 1",
    ],
    "branch kd temperature=4 as kd2": [
      "kd2: rehearsal-kd, 2/5 tasks, 9.38 % on 16 classes, before task 3",
    ],
    "checkpoints kd": [
      "kd: rehearsal-kd, 2/5 tasks, 9.38 % on 16 classes, before task 3",
      "checkpoint  where          batches  test %",
      "kd@0        before task 1        0       -",
      "kd@1        before task 2        1   18.75",
      "kd@2        before task 3        3    9.38  here",
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
    "compare [ft, kd]": [
      "run  strategy         1    2    3    4    5   avg  forg.    BWT  mem.    s",
      "ft   finetune      12.5  6.2  6.2  3.1  1.2   5.9   14.1  -14.1     0  0.1",
      "kd   rehearsal-kd  18.8  9.4    -    -    -  14.1    0.0    0.0    20  0.0",
    ],
    "compare each=on": [
      "run  strategy         1    2    3    4    5   avg  forg.    BWT  mem.    s",
      "ft   finetune      12.5  6.2  6.2  3.1  1.2   5.9   14.1  -14.1     0  0.1",
      "kd   rehearsal-kd  18.8  9.4    -    -    -  14.1    0.0    0.0    20  0.0",
    ],
    "compare head=nearest-mean": [
      "run  strategy      1  2  3  4  5  average  forgetting  BWT  memory  seconds",
      "ft   finetune      -  -  -  -  -  -        -           -         0      0.1",
      "kd   rehearsal-kd  -  -  -  -  -  -        -           -        20      0.0",
    ],
    "compare metric=task-masked": [
      "run  strategy         1     2     3     4     5   avg  forg.    BWT  mem.    s",
      "ft   finetune      12.5  15.6  14.6  12.5  11.2  13.3   14.1  -14.1     0  0.1",
      "kd   rehearsal-kd  18.8  12.5     -     -     -  15.6    0.0    0.0    20  0.0",
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
    "continue kd": [
      "kd: rehearsal-kd, 5/5 tasks, 0.00 % on 40 classes, 0.1 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    12.50   18.75    18.75",
      "   2              16     6.25    9.38     9.38",
      "   3              24     2.50    0.00     0.00",
      "   4              32     1.79    0.00     0.00",
      "   5              40     0.96    0.00     0.00",
    ],
    "continue kd until=3": [
      "kd: rehearsal-kd, 3/5 tasks, 0.00 % on 24 classes, before task 4, 0.1 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    12.50   18.75    18.75",
      "   2              16     6.25    9.38     9.38",
      "   3              24     2.50    0.00     0.00",
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
    "drop autosave": [
      "forgot the session of 2026-11-25 18:24: signs, T, net, ft 2/2",
    ],
    "drop few": [
      "dropped few: 14 KB freed",
    ],
    "drop kd@0": [
      "dropped kd@0: 0 bytes freed",
    ],
    "evaluate kd on=T.1": [
      "accuracy 18.75 % of 16 images, mean over classes 18.75 %",
      "class  name                         images  right  accuracy",
      "    0  Speed limit (20km/h)              2      0      0.00",
      "    1  Speed limit (30km/h)              2      0      0.00",
      "    2  Speed limit (50km/h)              2      0      0.00",
      "    3  Speed limit (60km/h)              2      0      0.00",
      "    4  Speed limit (70km/h)              2      0      0.00",
      "…",
    ],
    "evaluate net on=T.1": [
      "accuracy 12.50 % of 16 images, mean over classes 12.50 %",
      "class  name                         images  right  accuracy",
      "    0  Speed limit (20km/h)              2      0      0.00",
      "    1  Speed limit (30km/h)              2      0      0.00",
      "    2  Speed limit (50km/h)              2      2    100.00",
      "    3  Speed limit (60km/h)              2      0      0.00",
      "    4  Speed limit (70km/h)              2      0      0.00",
      "…",
    ],
    "expect accuracy kd above=50 below=100": [
      "as expected: accuracy of kd is 83.33, above 50 and below 100",
    ],
    "expect accuracy kd over=ft by=10": [
      "as expected: accuracy of kd is 83.33, at least 10 more than ft's 31.67",
    ],
    "expect classes signs is=43": [
      "as expected: classes of signs is 43, 43",
    ],
    "expect digest net same=net": [
      "as expected: digest of net is 23a1208faf83a01c5ae3b5034469f4254bd5fe45a3e292588eb05f41175ddb21, the same as net's 23a1208faf83a01c5ae3b5034469f4254bd5fe45a3e292588eb05f41175ddb21",
    ],
    "explain": [
      "Ideas",
      "  class-incremental  new classes arrive, old pictures are gone, all must be told",
      "                     apart",
      "  task               the classes that arrive together",
      "  forgetting         learning something new destroys what was known",
      "  plasticity         being able to learn, against being able to keep",
      "  upper-bound        what the same network could reach if nothing had to be",
      "…",
    ],
    "explain > concepts.md": [
      "wrote concepts.md",
    ],
    "explain forgetting": [
      "forgetting: learning something new destroys what was known",
      "",
      "A network's knowledge is spread over all its weights, and every training step",
      "moves all of them. When only new classes are trained, nothing holds the weights",
      "where the old classes need them: within a few batches the network answers with",
      "new classes whatever it sees. People forget slowly and partly; networks forget",
      "at once and wholly. Hence the name catastrophic forgetting.",
      "…",
    ],
    "explain head growth": [
      "head-growth: new outputs for new classes, the old ones untouched",
      "",
      "The last layer, the head, has one row of weights for each class. When classes",
      "arrive it gets new rows with small random weights, and the old rows are copied",
      "as they are: at that moment the network answers for old classes exactly as",
      "before. Everything below the head (the features) is shared by all classes, and",
      "goes on changing; an old row then reads features that it was not made for.",
      "…",
    ],
    "explain rehearsal-kd": [
      "rehearsal-kd: replay exemplars, distil the old network's answers",
      "",
      "Two remedies at once. Rehearsal: a few images of every old class (exemplars) are",
      "kept and mixed with the new ones, so that the old classes still have a voice in",
      "the loss. Distillation: a frozen copy of the network from before the task is the",
      "teacher, and on every image the new network's answers for the old classes shall",
      "stay close to the teacher's.",
      "…",
    ],
    "export features of net on=T.1 > f.npz": [
      "wrote f.npz",
    ],
    "export kd > kd.safetensors": [
      "wrote kd.safetensors",
    ],
    "export kd > logs format=tensorboard": [
      "wrote logs/kd",
    ],
    "export kd > wandb format=wandb project=GTSRB-CIL": [
      "wrote wandb/offline-run-20261125_153144-dudia5v0",
    ],
    "export net > net.onnx": [
      "wrote net.onnx",
    ],
    "export net > net.safetensors": [
      "wrote net.safetensors",
    ],
    "export signs > signs.npz": [
      "wrote signs.npz",
    ],
    "goto kd@0": [
      "kd: rehearsal-kd, 0/5 tasks, before task 1, 0.0 s",
      "'continue kd' goes on from kd@0",
    ],
    "goto kd@4": [
      "kd: rehearsal-kd, 4/5 tasks, 0.00 % on 32 classes, before task 5, 0.3 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    12.50   18.75    18.75",
      "   2              16     6.25    9.38     9.38",
      "   3              24     2.50    0.00     0.00",
      "   4              32     1.79    0.00     0.00",
      "'continue kd' goes on from kd@4",
    ],
    "history 10": [
      "number  command                                               seconds",
      "     6  define model dercnn size=16 as dernet                    0.00",
      "     7  run finetune net on=T epochs=1 as ft                     0.10",
      "     8  begin rehearsal-kd net on=T epochs=1 memory=80 as kd     0.00",
      "     9  continue kd until=2                                      0.05",
      "    10  restore session day1.waymark                             0.06",
      "    11  print ⸺                                                  0.00",
      "…",
    ],
    "import net.safetensors as net2": [
      "net2: SimpleCNN, 66,056 parameters, 8 outputs",
    ],
    "load cifar cifar-10-batches-bin as cifar": [
      "cifar: 10 classes, 50 training and 10 test images, 32×32×3",
    ],
    "load folder ~/mine as mine": [
      "mine: 3 classes, 9 training and 3 test images, 32×32×3",
    ],
    "load gtsrb path=../gtsrb as signs": [
      "signs: 43 classes, 12 training and 3 test images, 32×32×3",
    ],
    "load idx mnist as digits": [
      "digits: 10 classes, 30 training and 10 test images, 28×28×1",
    ],
    "load idx mnist permutations=5 as permuted": [
      "permuted: 50 classes, 150 training and 50 test images, 28×28×1",
    ],
    "load npz signs.npz as signs": [
      "signs: 43 classes, 215 training and 86 test images, 16×16×3",
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
    "matrix kd": [
      "after  task 1  task 2  task 3  task 4  task 5",
      "    1   18.75       -  -       -       -",
      "    2   18.75    0.00  -       -       -",
      "forgetting 0.00, backward transfer 0.00 points",
    ],
    "matrix kd head=linear": [
      "after  task 1  task 2  task 3  task 4  task 5",
      "    1   18.75       -  -       -       -",
      "    2   18.75    0.00  -       -       -",
      "forgetting 0.00, backward transfer 0.00 points",
    ],
    "merge a.waymark b.waymark": [
      "merged 2 files: 5 objects added, 3 here already",
      "seeded: seeded-1 seeded-2",
      "seeded of b.waymark is seeded-2",
    ],
    "merge jobs": [
      "merged 2 files: 5 objects added, 3 here already",
      "seeded: seeded-1 seeded-2",
      "seeded of jobs/seed-1.waymark is seeded-2",
    ],
    "net": [
      "net: SimpleCNN, 68,106 parameters, 10 outputs",
    ],
    "objects": [
      "name    kind         what",
      "signs   data         43 classes, 215 training and 86 test images, 16×16×3",
      "few     data         3 classes, 12 training and 6 test images, 16×16×3",
      "lost    unavailable  there is no ~/old; check the path…",
      "T       tasks        5 tasks of signs, 40 classes",
      "net     net          SimpleCNN, 68,106 parameters, 10 outputs",
      "dernet  net          DER_CNN, 153,172 parameters, 10 outputs",
      "…",
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
      "train 25.00 %, test 12.50 % (macro 12.50 %) in 0.0 s",
      "weights written to net.safetensors",
    ],
    "pretrain net on=T.1 epochs=4": [
      "net: SimpleCNN, 66,056 parameters, 8 outputs",
      "train 25.00 %, test 12.50 % (macro 12.50 %) in 0.0 s",
    ],
    "print \"Section 2: images\"": [
      "Section 2: images",
    ],
    "prune kd": [
      "nothing to drop",
    ],
    "prune keep=1": [
      "dropped ft@0, ft@1, ft@2, ft@3, ft@4, kd@0, kd@1: 1.5 MB freed",
    ],
    "quit": [
    ],
    "relink lost path=~/photos": [
      "lost: 3 classes, 9 training and 3 test images, 32×32×3",
    ],
    "replay lesson.way": [
      "signs: 43 classes, 3,870 training and 1,290 test images, 16×16×3",
      "T: 3 tasks of signs, 6 classes",
      "task  classes  train  test",
      "T.1   14 1       180    60",
      "T.2   13 33      180    60",
      "T.3   12 17      180    60",
      "net: SimpleCNN, 68,106 parameters, 10 outputs",
      "…",
    ],
    "replay lesson.way verify=day1.waymark": [
      "5 commands gave what day1.waymark has, bit for bit",
    ],
    "restore autosave": [
      "restored 4 objects",
      "  signs: 4 classes, 24 training and 16 test images, 16×16×3",
      "  T: 2 tasks of signs, 4 classes",
      "  net: net, 2,682 parameters, 10 outputs",
      "  ft: finetune, 2/2 tasks, 25.00 % on 4 classes",
    ],
    "restore session day1.waymark": [
      "restored 8 objects",
      "  signs: 43 classes, 215 training and 86 test images, 16×16×3",
      "  few: 3 classes, 12 training and 6 test images, 16×16×3",
      "  lost: there is no ~/old; check the path…",
      "  T: 5 tasks of signs, 40 classes",
      "  net: SimpleCNN, 68,106 parameters, 10 outputs",
      "  dernet: DER_CNN, 153,172 parameters, 10 outputs",
      "…",
    ],
    "restore session day1.waymark only=[kd]": [
      "restored 1 object",
      "  kd: rehearsal-kd, 2/5 tasks, 9.38 % on 16 classes, before task 3",
      "kd needs the data set signs, which was not restored with it",
    ],
    "run finetune net on=T epochs=5 as ft": [
      "ft: finetune, 5/5 tasks, 2.50 % on 40 classes, 0.2 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    25.00   12.50    12.50",
      "   2              16    12.50    3.12     3.12",
      "   3              24    25.00    8.33     8.33",
      "   4              32    12.50    3.12     3.12",
      "   5              40    12.50    2.50     2.50",
    ],
    "run finetune net on=T seeds=3 shuffle=on as many": [
      "many-1: finetune, 5/5 tasks, 2.50 % on 40 classes",
      "many-2: finetune, 5/5 tasks, 2.50 % on 40 classes",
      "many-3: finetune, 5/5 tasks, 2.50 % on 40 classes",
      "run   strategy  seeds             1            2            3            4",
      "many  finetune      3  10.42 ± 3.61  6.25 ± 0.00  4.17 ± 0.00  3.65 ± 0.90",
      "",
      "run             5      average    forgetting            BWT  memory    seconds",
      "many  2.50 ± 0.00  5.40 ± 0.83  12.50 ± 1.56  -12.50 ± 1.56   0 ± 0  0.2 ± 0.0",
    ],
    "run joint net on=T once=on as ub": [
      "ub: joint, 1/1 tasks, 5.00 % on 40 classes, 0.1 s",
      "task  classes so far  train %  test %  macro %",
      "   1              40     7.50    5.00     5.00",
    ],
    "run rehearsal-kd net on=T memory=200 temperature=2 as kd": [
      "kd: rehearsal-kd, 5/5 tasks, 1.25 % on 40 classes, 0.5 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    12.50   18.75    18.75",
      "   2              16     6.25    9.38     9.38",
      "   3              24     5.00    2.08     2.08",
      "   4              32     4.38    3.12     3.12",
      "   5              40     2.50    1.25     1.25",
    ],
    "save notebook day1.ipynb": [
      "wrote 15 commands to day1.ipynb",
    ],
    "save report day1.html": [
      "wrote 15 commands to day1.html",
    ],
    "save report day1.md title=\"Forgetting\"": [
      "wrote 15 commands to day1.md",
    ],
    "save script lesson.way": [
      "wrote 12 commands to lesson.way",
    ],
    "save session day1.waymark": [
      "saved 8 objects to day1.waymark",
    ],
    "save session day1.waymark embed=data": [
      "saved 8 objects to day1.waymark",
      "with the images of few, signs",
    ],
    "set seed=7 threads=2": [
      "setting  value",
      "seed         7",
      "threads      2",
    ],
    "show T": [
      "T: 5 tasks of signs, 40 classes",
      "task  classes                  train  test",
      "T.1   0 1 2 3 4 5 6 7             40    16",
      "T.2   8 9 10 11 12 13 14 15       40    16",
      "T.3   16 17 18 19 20 21 22 23     40    16",
      "T.4   24 25 26 27 28 29 30 31     40    16",
      "T.5   32 33 34 35 36 37 38 39     40    16",
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
    "show memory kd": [
      "80 exemplars",
      "class  name                                          exemplars",
      "    0  Speed limit (20km/h)                                  5",
      "    1  Speed limit (30km/h)                                  5",
      "    2  Speed limit (50km/h)                                  5",
      "    3  Speed limit (60km/h)                                  5",
      "    4  Speed limit (70km/h)                                  5",
      "…",
    ],
    "source lesson.way epochs=2": [
      "2 epochs",
    ],
    "split signs share=20% as dev": [
      "dev: 43 classes, 2,580 training and 1,290 test images, 16×16×3",
    ],
    "status kd": [
      "kd: rehearsal-kd, 2/5 tasks, 9.38 % on 16 classes, before task 3, 0.0 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    12.50   18.75    18.75",
      "   2              16     6.25    9.38     9.38",
    ],
    "step kd": [
      "kd: rehearsal-kd, 3/5 tasks, 0.00 % on 24 classes, before task 4, 0.1 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    12.50   18.75    18.75",
      "   2              16     6.25    9.38     9.38",
      "   3              24     2.50    0.00     0.00",
    ],
    "step kd 3 unit=batch": [
      "kd: rehearsal-kd, 3/5 tasks, 0.00 % on 24 classes, task 4, epoch 1, after 1 batch, 0.1 s",
      "task  classes so far  train %  test %  macro %",
      "   1               8    12.50   18.75    18.75",
      "   2              16     6.25    9.38     9.38",
      "   3              24     2.50    0.00     0.00",
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
    "tasks signs size=4 order=shuffled seed=1 as S": [
      "S: 10 tasks of signs, 40 classes",
      "task  classes      train  test",
      "S.1   16 6 21 3       20     8",
      "S.2   11 20 23 22     20     8",
      "S.3   40 34 35 33     20     8",
      "S.4   12 9 10 27      20     8",
      "S.5   5 28 7 2        20     8",
      "…",
    ],
    "tasks signs size=8 all=on as A": [
      "A: 6 tasks of signs, 43 classes",
      "task  classes                  train  test",
      "A.1   0 1 2 3 4 5 6 7             40    16",
      "A.2   8 9 10 11 12 13 14 15       40    16",
      "A.3   16 17 18 19 20 21 22 23     40    16",
      "A.4   24 25 26 27 28 29 30 31     40    16",
      "A.5   32 33 34 35 36 37 38 39     40    16",
      "A.6   40 41 42                    15     6",
    ],
    "tasks signs size=8 count=5 as T": [
      "T: 5 tasks of signs, 40 classes",
      "task  classes                  train  test",
      "T.1   0 1 2 3 4 5 6 7             40    16",
      "T.2   8 9 10 11 12 13 14 15       40    16",
      "T.3   16 17 18 19 20 21 22 23     40    16",
      "T.4   24 25 26 27 28 29 30 31     40    16",
      "T.5   32 33 34 35 36 37 38 39     40    16",
    ],
    "tasks signs size=8 scenario=domain as D": [
      "D: 5 tasks of signs, 40 classes",
      "task  classes                  train  test",
      "D.1   0 1 2 3 4 5 6 7             40    16",
      "D.2   8 9 10 11 12 13 14 15       40    16",
      "D.3   16 17 18 19 20 21 22 23     40    16",
      "D.4   24 25 26 27 28 29 30 31     40    16",
      "D.5   32 33 34 35 36 37 38 39     40    16",
    ],
    "tasks signs sizes=[20, 4, 4] as U": [
      "U: 3 tasks of signs, 28 classes",
      "task  classes                                            train  test",
      "U.1   0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19    100    40",
      "U.2   20 21 22 23                                           20     8",
      "U.3   24 25 26 27                                           20     8",
    ],
    "time evaluate net on=T.1": [
      "accuracy 12.50 % of 16 images, mean over classes 12.50 %",
      "class  name                         images  right  accuracy",
      "    0  Speed limit (20km/h)              2      0      0.00",
      "    1  Speed limit (30km/h)              2      0      0.00",
      "    2  Speed limit (50km/h)              2      2    100.00",
      "    3  Speed limit (60km/h)              2      0      0.00",
      "    4  Speed limit (70km/h)              2      0      0.00",
      "…",
    ],
    "track": [
      "Nothing is logged: 'help track csv' tells how.",
    ],
    "track csv runs.csv": [
      "runs are logged in runs.csv",
    ],
    "track jsonl runs.jsonl": [
      "runs are logged in runs.jsonl",
    ],
    "track off": [
      "nothing was logged",
    ],
    "track tensorboard logs": [
      "runs are logged in logs",
    ],
    "track wandb wandb project=GTSRB-CIL": [
      "runs are logged in wandb",
    ],
    "track wandb wandb project=GTSRB-CIL name='Fine tuning' only=[ft]": [
      "runs are logged in wandb",
    ],
    "transform signs crop=random hflip=on": [
      "signs: 43 classes, 215 training and 86 test images, 16×16×3, random crops, flips",
      "warning: a mirror makes each of the classes 19/20, 33/34, 36/37, 38/39 the other; hflip=symmetric leaves them alone",
    ],
    "transform signs normalize=on": [
      "signs: 43 classes, 215 training and 86 test images, 16×16×3, normalised",
    ],
  ]
}
