package io.zipmap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zipmap.job.StageTime;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.memory.StageSpan;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of the runs that a page compares: how it ended, the memory of its driver and executors, and its stages.
 * Immutable.
 */
public final class ComparedRun {
    private static final int FORMAT = 1;
    private static final long NOT_ENDED = -1;

    private final String title;
    private final MemoryTimeline memory;
    private final boolean died;
    private final String sentence;

    /** The time from the begin of the first stage of a name to the end of the last. */
    private record Span(String name, long start, long end) {
        static Span of(StageSpan stage) {
            return new Span(stage.name(), stage.start(), stage.end().orElse(NOT_ENDED));
        }

        Span plus(Span later) {
            return new Span(name, start, later.end == NOT_ENDED ? NOT_ENDED : Math.max(end, later.end));
        }
    }

    /**
     * A run with what is known of its memory.
     *
     * @param died whether it ended before its work was done
     * @param sentence that says what the memory was
     */
    public ComparedRun(String title, MemoryTimeline memory, boolean died, String sentence) {
        this.title = title;
        this.memory = memory.withoutChildren();
        this.died = died;
        this.sentence = sentence;
    }

    /**
     * A run of zipmap. Its sentence is about the time from the begin of the extract stage to the end of the map stage.
     */
    public static ComparedRun mapped(String title, MemoryTimeline memory, long arrayBytes) {
        long from = stages(memory, StageTime.EXTRACT)
                .mapToLong(StageSpan::start)
                .min()
                .orElse(0);
        long to = stages(memory, StageTime.MAP)
                .flatMapToLong(stage -> stage.end().stream())
                .max()
                .orElse(Long.MAX_VALUE);
        return new ComparedRun(
                title, memory, false, MemorySentence.of(memory, from, to, MemorySentence.whileMapped(arrayBytes)));
    }

    private static Stream<StageSpan> stages(MemoryTimeline memory, String name) {
        return memory.stages().stream().filter(stage -> stage.name().equals(name));
    }

    /** The run as JSON, from which this process or another makes the {@link #page}. */
    public String json() throws IOException {
        return ReportJson.text(json -> {
            json.writeStringField("title", title);
            json.writeStringField("outcome", died ? "died" : "done");
            json.writeStringField("sentence", sentence);
            json.writeArrayFieldStart("stages");
            for (Span stage : stages()) {
                write(json, stage);
            }
            json.writeEndArray();
            MemoryJson.write(json, memory);
        });
    }

    /** The stages that have a name, and no place in the code in its stead. */
    private Collection<Span> stages() {
        Map<String, Span> stages = new LinkedHashMap<>();
        memory.stages().stream()
                .filter(stage -> !stage.name().contains(" at "))
                .forEach(stage -> stages.merge(stage.name(), Span.of(stage), Span::plus));
        return stages.values();
    }

    private static void write(JsonGenerator json, Span stage) throws IOException {
        json.writeStartObject();
        ReportJson.text(json, "name", stage.name());
        json.writeNumberField("start", stage.start());
        if (stage.end() != NOT_ENDED) {
            json.writeNumberField("end", stage.end());
        }
        json.writeEndObject();
    }

    /**
     * The page that draws runs one above the other, with one scale.
     *
     * @param command whose result the page is
     * @param runs as {@link #json} makes them
     */
    public static byte[] page(String command, List<String> runs) throws IOException {
        return ReportPage.of(ReportJson.text(json -> {
            json.writeNumberField("format", FORMAT);
            json.writeStringField("command", command);
            json.writeArrayFieldStart("compare");
            for (String run : runs) {
                json.writeRawValue(run);
            }
            json.writeEndArray();
        }));
    }
}
