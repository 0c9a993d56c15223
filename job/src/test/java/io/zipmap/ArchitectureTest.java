package io.zipmap;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.zipmap.store.NodeScratch;
import io.zipmap.testing.Repository;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of the code: which package may import which, names, static fields, public types. */
class ArchitectureTest {
    private static final String ROOT = "io.zipmap";
    private static final String SPARK = "org.apache.spark..";
    private static final String HADOOP = "org.apache.hadoop..";
    private static final String SCALA = "scala..";
    private static final String PICOCLI = "picocli..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** A package, the packages it may import, and the libraries that it may not see. */
    private enum Layer {
        ARRAY("", SPARK, HADOOP, SCALA, PICOCLI),
        ARCHIVE("array", SPARK, HADOOP, SCALA, PICOCLI),
        SCRATCH("", SPARK, HADOOP, SCALA, PICOCLI),
        MAPPED("array", SPARK, HADOOP, SCALA, PICOCLI),
        STORE("array archive scratch mapped", SPARK, HADOOP, SCALA, PICOCLI),
        STATS("array mapped", SPARK, HADOOP, SCALA, PICOCLI),
        OPTIONS("array", SPARK, HADOOP, SCALA, PICOCLI),
        FS("archive scratch", SPARK, SCALA, PICOCLI),
        PLAN("array archive scratch store options fs", PICOCLI),
        JOB_EXTRACT("array archive scratch mapped store stats options fs plan", PICOCLI),
        JOB_STATS("array archive scratch mapped store stats options fs plan job.extract", PICOCLI),
        JOB_OUTPUT("array archive scratch mapped store stats options fs plan job.extract job.stats", PICOCLI),
        JOB("array archive scratch mapped store stats options fs plan job.extract job.stats job.output", PICOCLI),
        TOOLS("array archive scratch store options fs plan job.extract job.output", PICOCLI),
        SQL_ERROR("", HADOOP, PICOCLI),
        SQL_CATALOG("array archive scratch mapped store stats options fs plan", PICOCLI),
        SQL_VECTOR("array archive mapped store stats sql.error sql.catalog", PICOCLI),
        SQL_PUSHDOWN(
                "array archive scratch mapped store stats options fs plan sql.error sql.catalog sql.vector", PICOCLI),
        SQL(
                "array archive scratch mapped store stats options fs plan"
                        + " sql.error sql.catalog sql.vector sql.pushdown",
                PICOCLI),
        MEMORY("array mapped", HADOOP, PICOCLI),
        REPORT("array archive store options fs plan job job.stats job.output memory", PICOCLI),
        CLI("array archive scratch store options fs plan job job.extract job.stats job.output tools sql memory report");

        private final Set<String> under;
        private final String[] foreign;

        Layer(String under, String... foreign) {
            this.under = under.isEmpty() ? Set.of() : Set.of(under.split(" "));
            this.foreign = foreign;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }
    }

    private static String inside(String word) {
        return ROOT + "." + word;
    }

    @Test
    void noLayerImportsOneAboveIt() {
        List<String> below = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            assertThat(below).as(layer.word()).containsAll(layer.under);
            below.add(layer.word());
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsALayer() {
        Set<String> known = new TreeSet<>(Set.of(ROOT));
        Stream.of(Layer.values()).forEach(layer -> known.add(ROOT + "." + layer.word()));
        assertThat(packages()).isEqualTo(known);
    }

    @ParameterizedTest
    @EnumSource
    void layersImportOnlyThoseUnderThem(Layer layer) {
        String[] others = Stream.of(Layer.values())
                .filter(other -> other != layer && !layer.under.contains(other.word()))
                .map(other -> inside(other.word()))
                .toArray(String[]::new);
        List<String> forbidden = new ArrayList<>(List.of(others));
        forbidden.addAll(List.of(layer.foreign));
        if (!forbidden.isEmpty()) {
            noClasses()
                    .that()
                    .resideInAPackage(inside(layer.word()))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden.toArray(String[]::new))
                    .check(CLASSES);
        }
    }

    @Test
    void errorsKnowNothingElse() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT, "java..", "org.jspecify..")
                .check(CLASSES);
    }

    /** So that PySpark shows each error in one sentence. */
    @Test
    void theDataSourceThrowsWhatSourcesOfSparkThrow() {
        noClasses()
                .that()
                .resideInAPackage(inside("sql.."))
                .and()
                .resideOutsideOfPackage(inside("sql.error"))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(UncheckedIOException.class)
                .because("QueryErrors.of makes the exception")
                .check(CLASSES);
    }

    @Test
    void helpStartsWithoutSpark() {
        noClasses()
                .that()
                .haveNameMatching("io\\.zipmap\\.cli\\.(Main|Command\\w+|Call|Action|ErrorPrinter|ExitStatus)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SPARK, HADOOP, SCALA)
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager)(\\$.*)?")
                .check(CLASSES);
    }

    @Test
    void onlyTheScratchOfTheNodeIsStaticAndChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .areNotAssignableTo(NodeScratch.class)
                .should()
                .beFinal()
                .check(CLASSES);
    }

    /** The Kryo that Spark pins cannot serialise them. */
    @Test
    void recordsOfJavaNeverCross() {
        noClasses()
                .that(describe("are records", JavaClass::isRecord))
                .should()
                .beAssignableTo(Serializable.class)
                .check(CLASSES);
    }

    /**
     * Its cause may be of any class, which Kryo may not look into: what an error says crosses as {@link ErrorDetails}.
     */
    @Test
    void noValueThatCrossesHoldsAnException() {
        noFields()
                .that()
                .areNotStatic()
                .and()
                .areDeclaredInClassesThat(describe(
                        "are values that cross",
                        one -> one.isAssignableTo(Serializable.class) && !one.isAssignableTo(Throwable.class)))
                .should()
                .haveRawType(assignableTo(Throwable.class))
                .check(CLASSES);
    }

    /** So no name from an archive can ever reach one. */
    @Test
    void noProcessIsEverStarted() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ProcessBuilder.class.getName())
                .orShould()
                .callMethodWhere(describe(
                        "Runtime.exec",
                        call -> call.getTarget().getOwner().isEquivalentTo(Runtime.class)
                                && call.getTarget().getName().equals("exec")))
                .check(CLASSES);
    }

    /**
     * A method handle throws Throwable, so that the one class that calls one has to catch it; what a file system of
     * Hadoop throws is caught around its call.
     */
    @ParameterizedTest
    @ValueSource(strings = {"Exception", "RuntimeException", "Throwable", "Error"})
    void nothingCatchesAll(String type) throws IOException {
        Pattern catches = Pattern.compile("catch \\([^)]*\\b(?<![.\\w])" + type + "\\b[^)]*\\)");
        List<String> allowed = new ArrayList<>(List.of("Unmapper.java"));
        if (type.equals("RuntimeException")) {
            allowed.add("HadoopCall.java");
        }
        assertThat(sources(text -> catches.matcher(text).find())).isSubsetOf(allowed);
    }

    @Test
    void onlyTestsAreCalledTest() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Test")
                .orShould()
                .haveSimpleNameEndingWith("Tests")
                .check(CLASSES);
    }

    /** Users of the Java API, Spark and Hadoop name these; all others are public for another package of zipmap. */
    private static final Set<String> NAMED_FROM_OUTSIDE = Set.of(
            "io.zipmap.cli.ClassDataTraining",
            "io.zipmap.cli.Main",
            "io.zipmap.cli.NaiveMain",
            "io.zipmap.job.ArrayFunction",
            "io.zipmap.job.Zipmap",
            "io.zipmap.memory.MemoryEvent",
            "io.zipmap.plan.ListFileFormat",
            "io.zipmap.sql.ScanTotals",
            "io.zipmap.sql.ZipmapCatalog",
            "io.zipmap.sql.ZipmapSource",
            "io.zipmap.sql.error.ZipmapAnalysisException",
            "io.zipmap.sql.error.ZipmapExecutionException");

    @Test
    void aPublicTypeIsUsedByAnotherPackage() {
        Set<JavaClass> passed = typesOfCallsBetweenPackages();
        Set<String> alone = new TreeSet<>();
        for (JavaClass one : CLASSES) {
            boolean used = passed.contains(one)
                    || one.getDirectDependenciesToSelf().stream()
                            .anyMatch(use ->
                                    !use.getOriginClass().getPackageName().equals(one.getPackageName()));
            if (one.isTopLevelClass() && one.getModifiers().contains(JavaModifier.PUBLIC) && !used) {
                alone.add(one.getName());
            }
        }
        assertThat(alone).isEqualTo(NAMED_FROM_OUTSIDE);
    }

    /**
     * The types that a call of another package passes. A lambda or a local variable of such a type is no dependency.
     */
    private static Set<JavaClass> typesOfCallsBetweenPackages() {
        Set<JavaClass> types = new HashSet<>();
        for (JavaClass one : CLASSES) {
            for (JavaCodeUnit unit : one.getCodeUnits()) {
                if (unit.getCallsOfSelf().stream()
                        .anyMatch(
                                call -> !call.getOriginOwner().getPackageName().equals(one.getPackageName()))) {
                    types.addAll(unit.getRawParameterTypes());
                    types.add(unit.getRawReturnType());
                }
            }
        }
        return types;
    }

    @Test
    void aPackageCommentNamesTheClassToBeginWith() throws IOException {
        Pattern entry = Pattern.compile("Begin with \\{@link (io\\.zipmap\\S*)}");
        for (String name : packages()) {
            String comment = Files.readString(
                    Repository.file("job/src/main/java/" + name.replace('.', '/') + "/package-info.java"));
            Matcher found = entry.matcher(comment);
            assertThat(found.find()).as(name).isTrue();
            assertThat(CLASSES.get(found.group(1)).getPackageName()).isEqualTo(name);
        }
    }

    @Test
    void linesHave120CharactersAtMost() throws IOException {
        List<String> wide = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Repository.file("job/src"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).lines().anyMatch(line -> line.length() > 120)) {
                    wide.add(file.getFileName().toString());
                }
            }
        }
        assertThat(wide).isEmpty();
    }

    private static Set<String> packages() {
        Set<String> found = new TreeSet<>();
        CLASSES.forEach(one -> found.add(one.getPackageName()));
        return found;
    }

    private static List<String> sources(Predicate<String> wanted) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Repository.file("job/src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(texts).hasSizeGreaterThan(100);
        return texts.entrySet().stream()
                .filter(file -> wanted.test(file.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
