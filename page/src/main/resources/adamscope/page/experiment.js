// The shown state as a file that the program runs: `simulate -c`, `phase -c`, `basin -c`, `bifurcation -c`.
function optimizerText(axes) {
    const rule = active();
    const name = nameOf(rule.text);
    const along = axis => `{from: ${exact(axis.from)}, to: ${exact(axis.to)}, points: ${axis.points}, scale: ${axis.scale}}`;
    const others = declared.hypers.filter(h => !axes.some(axis => axis.name === h.name));
    return ["optimizer:", catalogueText.get(name) === rule.text ? `  name: ${name}` : `  rule: ${JSON.stringify(rule.text)}`,
        ...others.map(h => `  ${h.name}: ${exact(valueOf(rule, h))}`), ...axes.map(axis => `  ${axis.name}: ${along(axis)}`)];
}

const written = lines => lines.join("\n") + "\n";
const startText = () => [`objective: ${JSON.stringify(state.objective)}`, `x0: [${state.x0.map(exact).join(", ")}]`];
const runText = () => [`steps: ${state.steps}`, `init: ${state.start}`, `arithmetic: ${state.arithmetic}`];

const EXPERIMENTS = {
    run: () => written(["kind: simulation", ...optimizerText([]), ...startText(), ...runText()]),
    plane: () => {
        const [x, y] = [state.x, state.y].map(axis => ({ ...axis, points: ACROSS }));
        return isStart(x.name)
            ? written(["kind: basin", ...optimizerText([]), ...startText(), ...[["x", x], ["y", y]].map(([key, axis]) => `${key}: "${axis.name}=${exact(axis.from)}:${exact(axis.to)}:${axis.points}:${axis.scale}"`), ...runText()])
            : written(["kind: phase", ...optimizerText([x, y]), ...startText(), ...runText()]);
    },
    orbit: () => written(["kind: bifurcation", ...optimizerText([{ ...orbitAxis(), points: ORBIT_POINTS }]), `objective: ${JSON.stringify(state.objective)}`,
        ...(orbit?.answer.steps ? [`x0: [${orbit.answer.reduced ? "0.1" : state.x0.map(exact).join(", ")}]`, `transient: ${orbit.answer.discarded}`, `steps: ${orbit.answer.steps}`, `keep: ${orbit.answer.kept}`] : [])]),
};
// What the middle column shows; multipliers are no experiment, the run is.
const viewExperiment = () => EXPERIMENTS[state.view === "circle" || state.view === "plane" && !state.x ? "run" : state.view]();
