package adamscope.paper;

/// What the networks of paper 3 learn, in words for captions; the files of the figures say it too.
final class FigureTasks {
    /// The network of most figures.
    static final String FULLY_CONNECTED = "Five hidden layers of 50, tanh, weights N(0, 1/fan-in), half the squared"
            + " error, full batch of the first 500 images of Fashion-MNIST, seed 1";

    /// What it is at full size.
    static final String FULLY_CONNECTED_FULL =
            "Five hidden layers of 200 as in the paper, 5,000 images; CIFAR-10 does" + " not ship with the program.";

    /// What the paper has instead.
    static final String FULLY_CONNECTED_PAPER = " The paper: five hidden layers of 200, all of CIFAR-10.";

    /// The same network on labels dealt out by chance.
    static final String CHANCE_LABELS =
            "Five hidden layers of 50, tanh, weights N(0, 1/fan-in), half the squared error, full batch of the first"
                + " 500 images of Fashion-MNIST with their classes dealt out anew by chance, since with their own so"
                + " few images are learned before the sharpness rises, seed 1";

    private FigureTasks() {}
}
