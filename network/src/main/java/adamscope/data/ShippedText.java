package adamscope.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;

/// The texts that ship with the program; their origins and licences stand beside them.
public enum ShippedText {
    /// The beginning of the King James Bible, one verse a line.
    ENGLISH("kjv/genesis-exodus.txt.gz"),
    /// Paragraphs of The Debian Administrator's Handbook in English, one a line.
    HANDBOOK_ENGLISH("debian-handbook/paragraphs.en.txt.gz"),
    /// The same paragraphs in German.
    HANDBOOK_GERMAN("debian-handbook/paragraphs.de.txt.gz");

    private static final String FOLDER = "/adamscope/data/";
    private final String file;

    ShippedText(String file) {
        this.file = file;
    }

    /// Its name in errors.
    String resource() {
        return file;
    }

    /// Its bytes, in UTF-8.
    public byte[] bytes() {
        try (InputStream stream = ShippedText.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + FOLDER + file + " is missing from the program");
            }
            return new GZIPInputStream(stream).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
