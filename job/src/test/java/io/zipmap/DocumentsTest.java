package io.zipmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.Document;
import io.zipmap.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What documents say of files, classes and tests: each must exist. */
class DocumentsTest {
    private static final String README = "README.md";
    private static final String ARCHITECTURE = "docs/architecture.md";

    /** Classes of the JDK, Spark, Hadoop and other libraries that documents name. */
    private static final Set<String> FOREIGN = Set.of(
            "Dataset",
            "FileChannel",
            "FileSystem",
            "InternalError",
            "MappedByteBuffer",
            "RssAnon",
            "SparkSession",
            "Unsafe");

    /** A class, and perhaps a member of it: {@code ArrayStore}, {@code ArrayStore.read}. */
    private static final Pattern CLASS =
            Pattern.compile("([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.(\\w+))?(?:\\(.*\\))?");

    /** A word that can only be a class, as in a drawing. */
    private static final Pattern CAMEL_CASE = Pattern.compile("\\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+\\b");

    /** A test that a command of Maven runs; NoTest stands for none. */
    private static final Pattern TEST_TO_RUN = Pattern.compile("-D(?:it\\.)?test='?(?!NoTest)(\\w+)");

    static List<String> documents() throws IOException {
        return Document.names();
    }

    private static Map<String, String> sources(String... folders) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Repository.file(folder))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    if (!name.equals("package-info")) {
                        sources.put(name, Files.readString(file));
                    }
                }
            }
        }
        return sources;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void eachLinkLeadsToAFileAndItsHeading(String name) throws IOException {
        Document document = Document.read(name);
        for (String link : document.links()) {
            Path target = document.target(link);
            assertThat(target).as(link).exists();
            if (link.contains("#")) {
                String page = Repository.file("").relativize(target).toString();
                assertThat(Document.read(page).anchors()).as(link).contains(link.replaceFirst(".*#", ""));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {README, ARCHITECTURE, "CONTRIBUTING.md", "docs/how-it-works.md", "docs/faults.md"})
    void eachClassAndMemberThatIsNamedExists(String name) throws IOException {
        Map<String, String> sources = sources("job/src/main/java", "job/src/test/java");
        String all = String.join("\n", sources.values());
        List<String> missing = new ArrayList<>();
        List<String> words = new ArrayList<>(Document.read(name).codeWords());
        for (String block : Document.read(name).blocks("sh")) {
            TEST_TO_RUN.matcher(block).results().forEach(found -> words.add(found.group(1)));
        }
        for (String block : Document.read(name).blocks("text")) {
            CAMEL_CASE.matcher(block).results().forEach(found -> words.add(found.group()));
        }
        for (String word : words) {
            Matcher found = CLASS.matcher(word);
            if (!found.matches() || FOREIGN.contains(found.group(1))) {
                continue;
            }
            String type = found.group(1);
            String source = sources.get(type);
            if (source == null && declares(all, type)) {
                source = all;
            }
            if (source == null || found.group(2) != null && !hasWord(source, found.group(2))) {
                missing.add(word);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean declares(String text, String type) {
        return Pattern.compile("\\b(class|interface|enum|record) " + type + "\\b")
                .matcher(text)
                .find();
    }

    private static boolean hasWord(String text, String word) {
        return Pattern.compile("\\b" + word + "\\b").matcher(text).find();
    }

    /** Paths in backticks, from the root of this checkout, or from the folder of the main classes as in the recipes. */
    @ParameterizedTest
    @MethodSource("documents")
    void eachFileThatIsNamedExists(String name) throws IOException {
        Path main = Repository.file("job/src/main/java/io/zipmap");
        for (String word : Document.read(name).codeWords()) {
            boolean source = word.matches("[a-z.]+/[\\w/]+\\.java");
            boolean other =
                    word.matches("(job|docs|conf|bench|notebooks|\\.ci)/[\\w./-]+") && !word.contains("/target");
            if (source || other) {
                assertThat(List.of(Repository.file(word), main.resolve(word)))
                        .as(word)
                        .anyMatch(Files::exists);
            }
        }
    }

    /** A class without a test of its own name is in the map from behaviour to class and test. */
    @Test
    void eachClassOfMoreThan100LinesHasATestOfItsNameOrALineInTheMap() throws IOException {
        Set<String> tests = sources("job/src/test/java").keySet();
        String text = Document.read(ARCHITECTURE).text();
        String map = text.substring(text.indexOf("## Behaviours, their classes and their tests"));
        Set<String> missing = new TreeSet<>();
        sources("job/src/main/java").forEach((name, source) -> {
            boolean large = source.lines().count() > 100;
            if (large && !tests.contains(name + "Test") && !map.contains("`" + name + "`")) {
                missing.add(name);
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void theReadmeHasLessThan200LinesAndNamesEachPage() throws IOException {
        Document readme = Document.read(README);
        assertThat(readme.text().lines().count()).isLessThan(200);
        Set<String> pages = new TreeSet<>(Document.names());
        pages.remove(README);
        assertThat(readme.links()).containsAll(pages);
    }

    @Test
    void theTourNamesEachModuleOfThePythonPackage() throws IOException {
        String tour = Files.readString(Repository.file(ARCHITECTURE));
        try (Stream<Path> files = Files.list(Repository.file("job/src/main/python/zipmap"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".py") && !name.equals("__init__.py"))
                            .map(name -> "`" + name.substring(0, name.length() - ".py".length()) + "`"))
                    .isNotEmpty()
                    .allMatch(tour::contains);
        }
    }

    /**
     * {@code ReadmeIT} runs sh, {@code ReadmeTest} java and sql, {@code .ci/python-wheel} python, {@code .ci/run} the
     * demo and compares what it prints.
     */
    @Test
    void eachBlockOfTheReadmeIsRunByATest() throws IOException {
        Document readme = Document.read(README);
        assertThat(readme.blocks())
                .extracting(Document.Block::language)
                .containsOnly("sh", "text", "sql", "java", "python");
        assertThat(readme.blocks("sh")).contains("./submit.sh demo\n");
        assertThat(readme.blocks("text")).hasSize(1);
        assertThat(readme.blocks("python")).allMatch(block -> block.startsWith("import zipmap\n"));
        assertThat(Files.readString(Repository.file(".ci/python-wheel"))).contains("\nprograms README.md\n");
        assertThat(Files.readString(Repository.file(".ci/run")))
                .contains("\n./submit.sh demo --naive | tee ", "\n.ci/python-wheel\n");
    }
}
