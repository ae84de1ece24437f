package adamscope.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The file by which a scheduler runs a sweep in shards and merges them: what somebody writes by hand who knows it.
///
/// @param name   of the job
/// @param words  the command of a shard, without `--shard`: `sweep`, `-c`, … `--out`, the folder of all shards
/// @param folder of all shards; the merged run stands beside it
/// @param shards how many
/// @param cost   of the sweep, for time and memory
public record JobFile(String name, List<String> words, String folder, int shards, SweepCost cost) {
    private static final long MIB = 1 << 20;

    /// Seconds before its limit at which a job is told to end.
    private static final int NOTICE = 120;

    /// The schedulers that are known.
    public enum Scheduler {
        /// An array of jobs.
        slurm,
        /// An indexed job.
        kubernetes,
        /// GNU parallel, on one machine or several.
        parallel
    }

    /// The whole file.
    public String text(Scheduler scheduler) {
        return switch (scheduler) {
            case slurm -> slurm();
            case kubernetes -> kubernetes();
            case parallel -> parallel();
        };
    }

    /// What no shard exceeds whose heap is as large as that of the process that measured, in steps of 256 MiB.
    private long mebibytes() {
        return 256 * Math.ceilDiv(cost.memory().bound(), 256 * MIB);
    }

    /// Keeps the heap to what [#mebibytes()] is for.
    private String heap() {
        return "-Xmx" + cost.memory().heap() / MIB + "m";
    }

    /// What to say to somebody who asked for more shards than are of use; empty where there is nothing to say.
    public String remark() {
        int enough = cost.shardsWorthTheirStart();
        return cost.isMostlyStart(shards)
                ? String.format(
                        Locale.ROOT,
                        "%d shards take %s each, %s of it to start; %d %s enough, %s%s",
                        shards,
                        SweepCost.time(cost.secondsOf(shards)),
                        SweepCost.time(cost.start()),
                        enough,
                        enough == 1 ? "is" : "are",
                        SweepCost.time(cost.secondsOf(enough)),
                        enough == 1 ? "" : " each")
                : "";
    }

    /// Twice what was measured and the notice, in steps of five minutes: processors differ, and so do regions.
    private long minutes() {
        return 5 * Math.ceilDiv((long) (2 * cost.secondsOf(shards)) + NOTICE, 300L);
    }

    private String merged() {
        return folder + "-merged";
    }

    private String comment(String run) {
        return String.format(
                Locale.ROOT,
                """
                # %d points of %d steps; each of %d shards takes about %s of one processor and %s; the table has %s.
                # A shard that ends with code 75 is started again, and goes on. %s
                """,
                cost.points(),
                cost.steps(),
                shards,
                SweepCost.time(cost.secondsOf(shards)),
                SweepCost.size(cost.memory().taken()),
                SweepCost.size(cost.points() * cost.bytes()),
                run);
    }

    private String command(String... more) {
        return "adamscope " + quoted(words) + " " + String.join(" ", more);
    }

    private String merge() {
        return "adamscope " + quoted(List.of("sweep", "--merge", folder, "--out", merged()));
    }

    /// As a shell reads it.
    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private String slurm() {
        return String.format(
                Locale.ROOT,
                """
                #!/bin/bash
                #SBATCH --job-name=%1$s
                #SBATCH --array=1-%2$d
                #SBATCH --ntasks=1
                #SBATCH --cpus-per-task=1
                #SBATCH --mem=%3$dM
                #SBATCH --time=%4$d
                #SBATCH --output=%1$s-%%A_%%a.log
                #SBATCH --open-mode=append
                #SBATCH --requeue
                #SBATCH --signal=B:USR1@%5$d
                %6$sset -u

                # Started by a shell, it submits itself, and the merge after it.
                if [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then
                    job=$(sbatch --parsable "$0") || exit 1
                    sbatch --job-name=%1$s-merge --dependency="afterok:${job%%%%;*}" --kill-on-invalid-dep=yes \\
                        --ntasks=1 --cpus-per-task=1 --mem=%7$dM --time=%4$d --output=%1$s-merge-%%j.log \\
                        --wrap="%8$s"
                    exit
                fi

                # The heap that --mem is for, one thread a processor.
                export ADAMSCOPE_JAVA_OPTIONS="${ADAMSCOPE_JAVA_OPTIONS:-} %10$s \
                -XX:ActiveProcessorCount=${SLURM_CPUS_PER_TASK:-1}"
                %9$s &
                shard=$!
                trap 'kill -USR1 "$shard"' USR1 TERM
                code=129
                while [ "$code" -gt 128 ] && kill -0 "$shard" 2>/dev/null; do
                    wait "$shard"
                    code=$?
                done
                if [ "$code" -eq 75 ]; then
                    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
                fi
                exit "$code"
                """,
                name,
                shards,
                mebibytes(),
                minutes(),
                NOTICE,
                comment("Start: bash FILE"),
                Math.max(1024, mebibytes()),
                merge().replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("$", "\\$")
                        .replace("`", "\\`"),
                command("--shard", "\"$SLURM_ARRAY_TASK_ID/" + shards + "\""),
                heap());
    }

    private String parallel() {
        return String.format(
                Locale.ROOT,
                """
                #!/bin/bash
                %sset -u
                # One processor a shard, and the heap that --memfree is for; --sshloginfile gives parallel other machines, which see the same folder.
                export ADAMSCOPE_JAVA_OPTIONS="${ADAMSCOPE_JAVA_OPTIONS:-} %s -XX:ActiveProcessorCount=1"
                seq %d | parallel --env ADAMSCOPE_JAVA_OPTIONS --workdir . --memfree %dM --retries 3 \\
                    --termseq USR1,%d000,KILL,25 --joblog %s --resume-failed --results %s \\
                    %s &&
                    %s
                """,
                comment("Start: bash FILE; started again, only shards that failed run"),
                heap(),
                shards,
                mebibytes(),
                NOTICE,
                quoted(List.of(name + ".joblog")),
                quoted(List.of(name + "-{}.log")),
                // parallel hands the line to a shell, as it stands
                quoted(List.of(command("--shard", "{}/" + shards))),
                merge());
    }

    private String kubernetes() {
        return String.format(
                Locale.ROOT,
                """
                %1$s# The claim adamscope-runs is a volume that all pods write (ReadWriteMany).
                #   kubectl apply -f FILE && kubectl wait --for=condition=complete --timeout=-1s job/%2$s &&
                #   kubectl patch job/%2$s-merge --patch '{"spec": {"suspend": false}}'
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: %2$s
                spec:
                  completionMode: Indexed
                  completions: %3$d
                  parallelism: %4$d
                  backoffLimitPerIndex: 3
                  podFailurePolicy:
                    rules:
                      - action: Ignore
                        onPodConditions:
                          - type: DisruptionTarget
                      - action: Ignore
                        onExitCodes:
                          containerName: sweep
                          operator: In
                          values: [75]
                      - action: FailIndex
                        onExitCodes:
                          containerName: sweep
                          operator: In
                          values: [2]
                  template:
                %5$s---
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: %2$s-merge
                spec:
                  suspend: true
                  backoffLimit: 3
                  template:
                %6$s\
                """,
                comment(""),
                name,
                shards,
                Math.min(shards, 100),
                pod(Stream.concat(words.stream(), Stream.of("--shard", "kubernetes/" + shards))
                        .toList()),
                pod(List.of("sweep", "--merge", folder, "--out", merged())));
    }

    private String pod(List<String> arguments) {
        return String.format(
                Locale.ROOT,
                """
                    spec:
                      restartPolicy: Never
                      terminationGracePeriodSeconds: %d
                      containers:
                        - name: sweep
                          image: adamscope
                          workingDir: /work
                          args: [%s]
                          env:
                            - {name: ADAMSCOPE_JAVA_OPTIONS, value: "%4$s"}
                          resources:
                            requests: {cpu: "1", memory: %3$dMi}
                            limits: {cpu: "1", memory: %3$dMi}
                          volumeMounts:
                            - {name: runs, mountPath: /work}
                      volumes:
                        - name: runs
                          persistentVolumeClaim:
                            claimName: adamscope-runs
                """,
                NOTICE,
                arguments.stream()
                        .map(word -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining(", ")),
                mebibytes(),
                heap());
    }
}
