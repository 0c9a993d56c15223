package io.zipmap.cli;

import io.zipmap.job.StageTime;
import io.zipmap.memory.AnonymousMemory;
import io.zipmap.plan.Work;
import io.zipmap.report.ByteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one stage has come, in words: what is done of the total, the rate, the time left, the anonymous memory. What
 * is not known is left out. Immutable.
 *
 * @param total of the stage, as far as it is known
 * @param counts what is done, also without Spark
 * @param millis since the stage began
 */
record ProgressText(String stage, Work total, StageCounts counts, long millis, Optional<AnonymousMemory> memory) {
    private static final int SECOND = 1000;
    private static final int MINUTE = 60;

    /** The text, without the number of arrays, and then without the rate, if it were longer than {@code maxChars}. */
    String fit(int maxChars) {
        String arrays = arrays();
        String rate = rate();
        String text = join(arrays, rate);
        if (text.length() > maxChars) {
            text = join(null, rate);
        }
        return text.length() > maxChars ? join(null, null) : text;
    }

    private String join(@Nullable String arrays, @Nullable String rate) {
        List<String> parts = new ArrayList<>();
        Work done = counts.work();
        if (total.archives() > 0) {
            parts.add(part(done.archives(), total.archives(), "archives"));
        }
        if (arrays != null) {
            parts.add(arrays);
        }
        if (total.bytes() > 0) {
            parts.add(ByteText.part(done.bytes(), total.bytes()));
        }
        if (stage.equals(StageTime.PLAN) && done.arrays() > 0) {
            parts.add(count(done.arrays(), "archives found"));
        } else if (stage.equals(StageTime.PUBLISH) && done.arrays() > 0) {
            parts.add(count(done.arrays(), "rows written"));
        } else if (knowsTasksOnly()) {
            if (counts.tasks() > 0) {
                parts.add(part(counts.tasksDone(), counts.tasks(), "tasks"));
            }
            if (done.bytes() > 0) {
                parts.add(ByteText.whole(done.bytes()));
            }
        }
        if (rate != null) {
            parts.add(rate);
        }
        long left = millisLeft();
        parts.add(left < 0 ? time(millis) : time(left) + " left");
        memory.ifPresent(now -> parts.add("RssAnon " + ByteText.whole(now.bytes())
                + (now.processes() > 1 ? " in " + now.processes() + " processes" : "")));
        return stage + ": " + String.join(", ", parts);
    }

    private boolean knowsTasksOnly() {
        return total.equals(Work.UNKNOWN) && !stage.equals(StageTime.PLAN) && !stage.equals(StageTime.PUBLISH);
    }

    private @Nullable String arrays() {
        long done = counts.work().arrays();
        if (total.arrays() > 0) {
            return part(done, total.arrays(), "arrays");
        }
        return total.archives() > 0 && done > 0 ? count(done, "arrays") : null;
    }

    private @Nullable String rate() {
        long bytes = counts.work().bytes();
        boolean known = bytes > 0 && millis > 0 && (total.bytes() > 0 || knowsTasksOnly());
        return known ? ByteText.whole(Math.round((double) bytes * SECOND / millis)) + "/s" : null;
    }

    private static String part(long done, long total, String what) {
        return String.format(Locale.ROOT, "%,d of %,d %s", done, total, what);
    }

    private static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s", count, what);
    }

    /** As if the rest went as fast; -1 if nothing is known of it. */
    private long millisLeft() {
        Work done = counts.work();
        if (total.bytes() > 0) {
            return left(done.bytes(), total.bytes(), millis);
        }
        if (total.archives() > 0) {
            return left(done.archives(), total.archives(), millis);
        }
        return knowsTasksOnly() ? left(counts.tasksDone(), counts.tasks(), counts.runningMillis()) : -1;
    }

    private static long left(long done, long total, long spent) {
        return done <= 0 ? -1 : Math.round(Math.max(0.0, total - done) / done * spent);
    }

    private static String time(long millis) {
        long seconds = (millis + SECOND - 1) / SECOND;
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        long minutes = seconds / MINUTE;
        return minutes < MINUTE
                ? minutes + " min " + seconds % MINUTE + " s"
                : minutes / MINUTE + " h " + minutes % MINUTE + " min";
    }
}
