package adamscope.paper;

import adamscope.experiment.Size;
import java.util.List;
import java.util.stream.Collectors;

/// Every figure, table and group of statements that can be reproduced. A new one is a file beside this one and a line
/// here.
public final class PaperFigures {
    private static final List<PaperFigure> ALL = List.of(
            new ConstantSteps(),
            new DegenerateRates(0, 2),
            new StableRegion(4),
            new PeriodDoublings(0),
            new RegimeDiagram(),
            new RegimeRuns(),
            new RegimePlane(),
            new MixedLosses(),
            new QuadraticCase(),
            new QuadraticPlane(),
            new StableRegion(6),
            new CornerPlane(),
            new CornerRuns(),
            new MoreRegimeRuns(),
            new FixedPointTheorem(0),
            new PowerLaws(),
            new RmspropTheorem(),
            new CouplingRatios(),
            new DecoupledLimit(),
            new SoftmaxAgainstRelu(),
            new TransformerAgainstCnn(),
            new LateSpikes(),
            new EarlySignDescent(),
            new SpeedOfForgetting(),
            new FeaturesOfRmsprop(),
            new RandomQuadratic(),
            new RmspropCycles(),
            new RegimesOfAdam(),
            new LossOverForgetting(),
            new ResidualNetworkSpikes(),
            new PoissonByGalerkin(),
            new SmallNetworkRegimes(),
            new FlowPropositions(),
            new AdamAtEdge(),
            new HeavyBallOnQuadratic(),
            new FrozenAtEdge(),
            new OtherArchitectures(),
            new EightAtEdge(),
            new MinibatchSharpness(),
            new WarmupPushesDown(),
            new SharpnessKeepsRising(),
            new InstabilityCycle(),
            new SolutionSharpness(),
            new AdamAgainstMomentum(),
            new RmspropBeyondThreshold(),
            new NonAdaptiveAtEdge(),
            new GrowthFactors(),
            new SmallestRates(false),
            new SmallestRates(true),
            new StableMomentum(),
            new ExplosiveGradient(),
            new TestErrorAtSolution(),
            new HoverOrOscillate(),
            new ThresholdTable(),
            new StepRatioBound(),
            new SignLikeRate(),
            new SignLikeConditions(),
            new SignLikeNetwork(),
            new LearningRateOverWidth());

    private PaperFigures() {}

    /// What there is, in the order of the papers.
    public static List<Caption> captions() {
        return ALL.stream().map(PaperFigure::caption).toList();
    }

    /// About how much work the one with that id is, from the seeds that it has by itself.
    public static Cost cost(String id) {
        Cost one = find(id).cost();
        int seeds = SeedAxis.byDefault(id, Size.DEFAULT).count();
        return new Cost(one.network(), one.times(seeds).seconds(), one.medium());
    }

    /// About how much work it is from so many seeds.
    public static Cost cost(String id, SeedAxis seeds) {
        return find(id).cost().times(seeds.count());
    }

    /// The ids that words choose, in the order of the papers: ids, patterns such as `P3-*`, the groups `theory` and
    /// `networks`, or `all`.
    ///
    /// @throws IllegalArgumentException if a word chooses nothing; the message lists what there is
    public static List<String> chosen(List<String> words) {
        words.forEach(word -> {
            if (ALL.stream().noneMatch(figure -> chooses(word, figure))) {
                find(word);
            }
        });
        return ALL.stream()
                .filter(figure -> words.stream().anyMatch(word -> chooses(word, figure)))
                .map(figure -> figure.caption().id())
                .toList();
    }

    private static boolean chooses(String word, PaperFigure figure) {
        String id = figure.caption().id();
        return word.equals("all")
                || word.equals(figure.cost().group())
                || id.equals(word)
                || (word.contains("*") && id.matches("\\Q" + word.replace("*", "\\E.*\\Q") + "\\E"));
    }

    /// The one with that id.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists the ids
    public static PaperFigure find(String id) {
        return ALL.stream()
                .filter(figure -> figure.caption().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no figure '" + id + "'; there are "
                        + captions().stream().map(Caption::id).collect(Collectors.joining(", "))
                        + ", patterns such as P3-*, theory, networks and all"));
    }
}
