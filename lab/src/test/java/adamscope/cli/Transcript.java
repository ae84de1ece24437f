package adamscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page whose commands are run where they stand, one after the other in one folder, and whose shown output is held
/// against what came.
///
/// A block `console` holds lines `$ adamscope …` (a backslash goes on), each with what it prints; `…` stands for what
/// differs from machine to machine, a line of its own for any lines. A comment `<!-- file: NAME -->` before another
/// block writes that block into the folder.
final class Transcript {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^(?:<!-- file: (\\S+) -->\\R)?```(\\w*)\\R(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ ((?:.*\\\\\\R)*.*)\\R?");
    private static final Pattern PLACE = Pattern.compile(
            "(?:runs|docs|exported)(?:/.*)?|[\\w./-]+\\.(?:opt|yaml|py|csv|jsonl|html|svg|png|pdf|parquet|txt|safetensors|pt)");

    private static final String PYTHON = "/usr/bin/python3";
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path folder;
    private final boolean python;

    /// @param folder an empty folder, the working folder of the page
    /// @param python whether blocks with a line `$ python3 …` run too
    Transcript(Path folder, boolean python) throws IOException {
        this.folder = folder.toRealPath();
        this.python = python;
    }

    /// Whether there is a Python with torch here.
    static boolean hasTorch() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import torch").start().waitFor() == 0;
    }

    /// Whether a page has anything to run.
    static boolean isIn(String page) {
        return page.contains("```console");
    }

    /// The page with the output that came; where what is shown fits that, it stays as it is.
    String run(String page) throws IOException {
        StringBuilder now = new StringBuilder();
        Matcher block = BLOCK.matcher(page);
        int end = 0;
        while (block.find()) {
            if (block.group(1) != null) {
                Files.writeString(folder.resolve(block.group(1)), block.group(3));
            }
            if (block.group(2).equals("console") && (python || !block.group(3).contains("$ python3 "))) {
                now.append(page, end, block.start(3)).append(console(block.group(3)));
                end = block.end(3);
            }
        }
        return now.append(page.substring(end)).toString();
    }

    private String console(String block) throws IOException {
        StringBuilder now = new StringBuilder();
        Matcher command = COMMAND.matcher(block);
        List<int[]> places = new ArrayList<>();
        while (command.find()) {
            places.add(new int[] {command.start(), command.end()});
        }
        for (int i = 0; i < places.size(); i++) {
            String line = block.substring(places.get(i)[0], places.get(i)[1]);
            int until = i + 1 < places.size() ? places.get(i + 1)[0] : block.length();
            String shown = block.substring(places.get(i)[1], until);
            String came =
                    output(line.substring(2).replaceAll("\\s*\\\\\\R\\s*", " ").strip());
            now.append(line).append(fits(shown, came) ? shown : came);
        }
        return now.toString();
    }

    private String output(String line) throws IOException {
        List<String> words = Ran.words(line);
        switch (words.getFirst()) {
            case "adamscope" -> {
                List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
                arguments.subList(1, arguments.size()).replaceAll(this::placed);
                Ran ran = Ran.of(arguments);
                String out = ran.code() == ExitCode.DONE ? ran.out() : ran.out() + ran.err();
                return local(out);
            }
            case "cat" -> {
                return Files.readString(folder.resolve(words.get(1)));
            }
            case "python3" -> {
                return process(words);
            }
            default -> throw new IllegalArgumentException("a page runs adamscope, cat and python3, not: " + line);
        }
    }

    private String process(List<String> words) throws IOException {
        ProcessBuilder process = new ProcessBuilder(new ArrayList<>(words))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        process.command().set(0, PYTHON);
        process.environment().put("PYTHONPATH", ROOT.resolve("python").toString());
        return local(new String(process.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private String local(String output) {
        return output.replace(folder + "/", "").replace(ROOT + "/", "");
    }

    /// A word as it is; a path, also after `--option=`, in this page's folder, or in the checkout's `docs`.
    private String placed(String word) {
        int value = word.startsWith("--") ? word.indexOf('=') + 1 : 0;
        String path = word.substring(value);
        Path place = path.startsWith("docs/") ? ROOT : folder;
        return PLACE.matcher(path).matches() ? word.substring(0, value) + place.resolve(path) : word;
    }

    private static boolean fits(String shown, String came) {
        StringBuilder pattern = new StringBuilder();
        shown.lines().forEach(line -> {
            if (line.equals("…")) {
                pattern.append("(?:.*\n)*?");
            } else {
                pattern.append(Pattern.quote(line).replace("…", "\\E.*?\\Q")).append("\n");
            }
        });
        return Pattern.matches(pattern.toString(), came);
    }
}
