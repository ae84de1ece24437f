package adamscope.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A TorchScript file, looked at before libtorch sees it: it is a program in a zip, and libtorch runs what it says.
///
/// Refused are operators that read or write files, code or pickles nested deeper than libtorch's stack, and pickles
/// whose memory is larger than they are. What a program may still do, run forever or take memory, is the business of
/// [TorchScriptTrial]; see docs/decisions/0006-foreign-torchscript.md.
final class TorchScriptArchive {
    private static final long LONGEST = 64 << 20;

    private final Path file;

    private TorchScriptArchive(Path file) {
        this.file = file;
    }

    /// @throws IllegalArgumentException if the file is missing, no TorchScript, or may not be loaded
    static void check(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no file " + file);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            new TorchScriptArchive(file).check(zip);
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    file + " is no TorchScript archive (" + e.getMessage()
                            + "); save the model with torch.jit.script(model).save(FILE)",
                    e);
        }
    }

    /// A TorchScript archive is a zip with code; what `torch.save` writes is a zip with a pickle and no code.
    private void check(ZipFile zip) throws IOException {
        boolean code = false;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            code |= name.contains("/code/");
            if (name.endsWith("serialized_exported_program.json") || name.contains("/models/")) {
                throw new IllegalArgumentException(file + " is an archive of torch.export (.pt2), which libtorch's"
                        + " binding for Java cannot load; save the module with torch.jit.script(model).save(FILE) or"
                        + " torch.jit.trace(model, inputs[:1]).save(FILE), see docs/pytorch.md");
            }
            if (name.endsWith("/model.json")) {
                throw new IllegalArgumentException(
                        file + " is of a PyTorch before 1.4; load it there and save it with a newer one");
            }
            if (name.contains("/data/") || name.contains("/constants/")) {
                continue;
            }
            byte[] content = content(zip, entry);
            try {
                if (name.endsWith(".py")) {
                    TorchScriptCode.check(new String(content, StandardCharsets.UTF_8));
                } else if (name.endsWith("pkl")) {
                    PickleBounds.check(content);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ", " + name + ": " + e.getMessage(), e);
            }
        }
        if (!code) {
            throw new IllegalArgumentException(
                    file + " is a pickle (torch.save), and reading a pickle runs the code in it; save"
                            + " the model with torch.jit.script(model).save(FILE) and tensors as safetensors:"
                            + " python/adamscope_export.py does both");
        }
    }

    private byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] content = stream.readNBytes((int) LONGEST + 1);
            if (content.length > LONGEST) {
                throw new IllegalArgumentException(
                        file + ", " + entry.getName() + ": more than " + LONGEST + " bytes of code");
            }
            return content;
        }
    }
}
