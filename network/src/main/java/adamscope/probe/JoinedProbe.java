package adamscope.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Several probes that look at the same steps: those of the first.
///
/// @param probes at least one
record JoinedProbe(List<Probe> probes) implements Probe {
    JoinedProbe {
        probes = List.copyOf(probes);
    }

    @Override
    public List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        for (Probe probe : probes) {
            for (Measured number : probe.measured()) {
                if (measured.stream().noneMatch(other -> other.name().equals(number.name()))) {
                    measured.add(number);
                }
            }
        }
        return measured;
    }

    @Override
    public boolean includes(long step) {
        return probes.getFirst().includes(step);
    }

    @Override
    public double[] measure(Stepped stepped) {
        Map<String, Double> found = new LinkedHashMap<>();
        for (Probe probe : probes) {
            double[] numbers = probe.measure(stepped);
            List<Measured> names = probe.measured();
            for (int i = 0; i < numbers.length; i++) {
                found.putIfAbsent(names.get(i).name(), numbers[i]);
            }
        }
        return found.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        for (int i = 0; i < probes.size(); i++) {
            int number = i;
            probes.get(i).memory().forEach((name, tensor) -> memory.put(number + "." + name, tensor));
        }
        return memory;
    }

    @Override
    public void begun(long step, Map<String, Double> hyper) {
        probes.forEach(probe -> probe.begun(step, hyper));
    }

    @Override
    public void moved(long step, Tensor theta) {
        probes.forEach(probe -> probe.moved(step, theta));
    }

    @Override
    public void heard(long step, double loss) {
        probes.forEach(probe -> probe.heard(step, loss));
    }
}
