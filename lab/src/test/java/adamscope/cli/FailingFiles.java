package adamscope.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A program whose files fail: started with `failing_files.c` loaded before libc, it runs a command line again and
/// again in one process, each time with another call of the operating system going wrong, and prints what is not as it
/// should be.
final class FailingFiles {
    /// Faults for which no input is to blame.
    private static final Set<String> OF_THE_MACHINE = Set.of("full", "eio", "readonly");

    /// Calls after which something else is on the disk.
    private static final Pattern CHANGES = Pattern.compile("create|p?write|ftruncate|rename|unlink|rmdir|mkdir");

    /// A list says what of it could not be read.
    private static final Pattern OWNED = Pattern.compile("\"unreadable\"|\"bytes\": null");

    private static final Pattern DEFECT = Pattern.compile("defect|^\\s+at |Exception", Pattern.MULTILINE);

    private final FailingCalls calls;
    private final Path folder;
    private final List<String> first;
    private final List<String> again;
    private final Path prepared;

    private FailingFiles(Path library, Path folder, List<String> first, List<String> again, Path prepared) {
        calls = new FailingCalls(library, folder);
        this.folder = folder;
        this.first = first;
        this.again = again;
        this.prepared = prepared;
    }

    /// Arguments: library, folder, faults with commas, every how many calls, the command line in one, the one that goes
    /// on or "", a run that lies in the folder before, or "".
    static void main(String[] arguments) throws Exception {
        new FailingFiles(
                        Path.of(arguments[0]),
                        Path.of(arguments[1]),
                        Ran.words(arguments[4]),
                        Ran.words(arguments[5]),
                        Path.of(arguments[6]))
                .run(List.of(arguments[2].split(",")), Integer.parseInt(arguments[3]));
    }

    private void run(List<String> faults, int every) throws Exception {
        fresh();
        Ran whole = Ran.of(first);
        List<String> names = calls.made();
        int count = names.size();
        LeftFiles expected = LeftFiles.of(folder);
        if (whole.code() != ExitCode.DONE) {
            System.out.println("without a fault: " + whole);
            return;
        }
        int runs = 0;
        for (String fault : faults) {
            int concerned = 0;
            for (int n = 1; n <= count; n++) {
                String call = names.get(n - 1);
                if (!concerns(fault, call) || concerned++ % every != 0) {
                    continue;
                }
                runs++;
                for (String wrong : after(fault, n, call, whole, expected)) {
                    System.out.println(fault + " " + n + " " + call + ": " + wrong);
                }
            }
        }
        System.out.println(count + " calls, " + runs + " runs");
    }

    /// Whether another thing comes of it than of the fault at the next call.
    static boolean concerns(String fault, String call) {
        return switch (fault) {
            case "dead" -> CHANGES.matcher(call).lookingAt();
            case "full", "readonly" ->
                CHANGES.matcher(call).lookingAt() && !call.startsWith("unlink") || call.contains("sync");
            case "short" -> call.contains("write") || call.contains("read");
            case "torn" -> call.startsWith("rename");
            case "absent" -> call.startsWith("open") || call.startsWith("readdir");
            default -> true;
        };
    }

    private List<String> after(String fault, int n, String call, Ran whole, LeftFiles expected) throws Exception {
        fresh();
        calls.fail(n, fault);
        Ran failed = Ran.of(first);
        calls.failNoMore();
        List<String> wrong = new ArrayList<>();
        boolean killed = fault.equals("dead") || fault.equals("torn");
        if (!killed) {
            judge(failed, wrong);
            if (OF_THE_MACHINE.contains(fault) && failed.code() == ExitCode.WRONG_INPUT) {
                wrong.add("blames the input: " + failed.err().strip());
            }
            if (failed.code() == ExitCode.DONE
                    && !failed.out().equals(whole.out())
                    && !OWNED.matcher(failed.out()).find()) {
                wrong.add("answers " + failed.out().strip() + " in place of "
                        + whole.out().strip());
            }
            if (failed.code() == ExitCode.DONE) {
                Path gone = folder.resolveSibling(folder.getFileName() + ".gone");
                if (fault.equals("vanish") && !Files.exists(folder)) {
                    // gone after all was done: nobody can know
                    Files.move(gone, folder);
                }
                compare("done, but ", expected, wrong);
                return wrong;
            }
        }
        if (fault.equals("vanish")) {
            fresh();
        }
        Ran next = Ran.of(again.isEmpty() || !Files.isDirectory(folder.resolve("out")) ? first : again);
        if (next.code() == ExitCode.WRONG_INPUT
                && LeftFiles.of(folder).differencesFrom(expected).isEmpty()) {
            // complete before the fault came: nothing to go on with
            return wrong;
        }
        if (next.code() != ExitCode.DONE && !again.isEmpty()) {
            String refused = next.err();
            next = Ran.of(first);
            if (fault.equals("torn") && isNamed(call, refused + next.err())) {
                return wrong;
            }
            if (next.code() != ExitCode.DONE) {
                wrong.add("cannot go on: " + refused.strip() + " NOR BEGIN: "
                        + next.err().strip() + " AFTER " + failed.err().strip());
                return wrong;
            }
        }
        if (fault.equals("torn") && next.code() == ExitCode.WRONG_INPUT && isNamed(call, next.err())) {
            return wrong;
        }
        judge(next, wrong);
        if (next.code() == ExitCode.DONE) {
            compare("gone on with, but ", expected, wrong);
        } else {
            wrong.add("cannot go on: " + next.err().strip() + " AFTER "
                    + failed.err().strip());
        }
        return wrong;
    }

    /// Half a file under its name, which no rename leaves on a file system that is whole, is refused by its name.
    private static boolean isNamed(String call, String message) {
        return message.contains(call.substring(call.lastIndexOf('/') + 1));
    }

    private static void judge(Ran ran, List<String> wrong) {
        if (DEFECT.matcher(ran.err() + ran.out()).find()) {
            wrong.add("a defect: " + ran.err().strip());
        }
        if (ran.code() != ExitCode.DONE
                && ran.err()
                                .lines()
                                .filter(line -> line.startsWith("adamscope: "))
                                .count()
                        != 1) {
            wrong.add("not one message: " + ran.err().strip());
        }
    }

    private void compare(String when, LeftFiles expected, List<String> wrong) throws Exception {
        List<String> different = LeftFiles.of(folder).differencesFrom(expected);
        if (!different.isEmpty()) {
            wrong.add(when + different);
        }
    }

    private void fresh() throws Exception {
        calls.failNoMore();
        for (Path tree : List.of(folder, folder.resolveSibling(folder.getFileName() + ".gone"))) {
            if (Files.exists(tree)) {
                try (Stream<Path> all = Files.walk(tree)) {
                    for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
        Files.createDirectories(folder);
        if (!prepared.toString().isEmpty()) {
            try (Stream<Path> all = Files.walk(prepared)) {
                for (Path file : all.toList()) {
                    Files.copy(file, folder.resolve("out").resolve(prepared.relativize(file)));
                }
            }
        }
    }
}
