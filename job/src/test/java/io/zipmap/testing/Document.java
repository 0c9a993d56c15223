package io.zipmap.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Markdown file of this checkout: its text, fenced blocks, links and anchors. Immutable. */
public final class Document {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    private final Path path;
    private final String text;

    /** A fenced block. */
    public record Block(String language, String text) {}

    private Document(Path path, String text) {
        this.path = path;
        this.text = text;
    }

    /** @param name relative to the root of this checkout */
    public static Document read(String name) throws IOException {
        Path path = Repository.file(name);
        return new Document(path, Files.readString(path));
    }

    /** The README, the pages under docs and the other Markdown files beside the README. */
    public static List<String> names() throws IOException {
        Path root = Repository.file("");
        try (Stream<Path> top = Files.list(root);
                Stream<Path> docs = Files.list(root.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    public String text() {
        return text;
    }

    public List<Block> blocks() {
        return FENCE.matcher(text)
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    /** The text of the blocks in one language, in order. */
    public List<String> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    /** The words in backticks, outside of fenced blocks, in order. */
    public List<String> codeWords() {
        return CODE.matcher(prose()).results().map(found -> found.group(1)).toList();
    }

    /** Links to files and anchors of this checkout, as they are written. */
    public List<String> links() {
        return LINK.matcher(prose())
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** Names that a link may have after {@code #}, as GitHub makes them of headings. */
    public List<String> anchors() {
        List<String> anchors = new ArrayList<>();
        Matcher headings = HEADING.matcher(prose());
        while (headings.find()) {
            anchors.add(headings.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    /** The file that a link of this document leads to. */
    public Path target(String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? path : path.resolveSibling(file).normalize();
    }

    /** The rows of all tables, each a list of its cells. */
    public List<List<String>> rows() {
        return text.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> Stream.of(line.split("(?<!\\\\)\\|"))
                        .skip(1)
                        .map(String::strip)
                        .collect(Collectors.toList()))
                .toList();
    }

    private String prose() {
        return FENCE.matcher(text).replaceAll("");
    }
}
