package adamscope.paper;

import java.util.List;
import java.util.stream.Collectors;

/// Every figure, table and group of statements that can be reproduced. A new one is a file beside this one and a line
/// here.
public final class PaperFigures {
    private static final List<PaperFigure> ALL = List.of(
            new ConstantSteps(),
            new DegenerateRates(),
            new StableRegion(4),
            new Bifurcation(),
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
            new FixedPointTheorem(),
            new PowerLaws(),
            new RmspropTheorem(),
            new CouplingRatios(),
            new DecoupledLimit(),
            new RandomQuadratic(),
            new RmspropCycles(),
            new SmallNetworkRegimes(),
            new FlowPropositions(),
            new HeavyBallOnQuadratic(),
            new RmspropBeyondThreshold(),
            new GrowthFactors(),
            new StableMomentum(),
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

    /// The one with that id.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists the ids
    public static PaperFigure find(String id) {
        return ALL.stream()
                .filter(figure -> figure.caption().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no figure '" + id + "'; there are "
                        + captions().stream().map(Caption::id).collect(Collectors.joining(", "))));
    }
}
