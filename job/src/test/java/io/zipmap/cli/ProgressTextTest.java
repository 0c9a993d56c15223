package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.memory.AnonymousMemory;
import io.zipmap.plan.Work;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTextTest {
    private static final long MIB = 1 << 20;
    private static final Optional<AnonymousMemory> ONE = Optional.of(new AnonymousMemory(212 * MIB, 1));
    private static final int WIDE = 1000;

    private static String text(String stage, Work total, StageCounts counts, long millis) {
        return new ProgressText(stage, total, counts, millis, ONE).fit(WIDE);
    }

    private static StageCounts done(Work work) {
        return new StageCounts(work, 0, 0, 0);
    }

    @Test
    void theExtractStageSaysWhatIsDoneOfAllArchivesAndHowLongTheRestTakes() {
        Work total = new Work(15_000, 0, 4096 * MIB);
        assertThat(text("extract", total, done(new Work(3_750, 7_500, 1024 * MIB)), 10_000))
                .isEqualTo("extract: 3,750 of 15,000 archives, 7,500 arrays, 1.0 of 4.0 GiB, 102 MiB/s, 30 s left,"
                        + " RssAnon 212 MiB");
        assertThat(text("extract", total, StageCounts.NONE, 1_200))
                .isEqualTo("extract: 0 of 15,000 archives, 0.0 of 4.0 GiB, 2 s, RssAnon 212 MiB");
    }

    @Test
    void otherStagesSayWhatTheyCanKnow() {
        assertThat(text("plan", Work.UNKNOWN, done(new Work(0, 1_234, 0)), 3_000))
                .isEqualTo("plan: 1,234 archives found, 3 s, RssAnon 212 MiB");
        assertThat(text("map", new Work(0, 15, 480 * MIB), done(new Work(99, 5, 120 * MIB)), 1_000))
                .isEqualTo("map: 5 of 15 arrays, 120 of 480 MiB, 120 MiB/s, 3 s left, RssAnon 212 MiB");
        assertThat(text("publish", Work.UNKNOWN, done(new Work(0, 75, 9 * MIB)), 1_000))
                .isEqualTo("publish: 75 rows written, 1 s, RssAnon 212 MiB");
        assertThat(text("sql", Work.UNKNOWN, new StageCounts(new Work(7, 7, 30 * MIB), 10, 40, 60_000), 90_000))
                .isEqualTo("sql: 10 of 40 tasks, 30 MiB, 0 MiB/s, 3 min 0 s left, RssAnon 212 MiB");
        assertThat(text("inspect", Work.ofArchives(3), done(Work.ofArchives(1)), 3_600_000))
                .isEqualTo("inspect: 1 of 3 archives, 2 h 0 min left, RssAnon 212 MiB");
    }

    @Test
    void memoryIsTheSumOfTheProcessesOrLeftOut() {
        Optional<AnonymousMemory> five = Optional.of(new AnonymousMemory(2048 * MIB, 5));
        assertThat(new ProgressText("sql", Work.UNKNOWN, StageCounts.NONE, 1, five).fit(WIDE))
                .isEqualTo("sql: 1 s, RssAnon 2.0 GiB in 5 processes");
        assertThat(new ProgressText("sql", Work.UNKNOWN, StageCounts.NONE, 1, Optional.empty()).fit(WIDE))
                .isEqualTo("sql: 1 s");
    }

    @Test
    void aNarrowTerminalLosesTheArraysAndThenTheRate() {
        ProgressText text =
                new ProgressText("extract", new Work(15, 0, 480 * MIB), done(new Work(5, 5, 160 * MIB)), 1_000, ONE);
        assertThat(text.fit(79))
                .isEqualTo("extract: 5 of 15 archives, 160 of 480 MiB, 160 MiB/s, 2 s left, RssAnon 212 MiB");
        assertThat(text.fit(70)).isEqualTo("extract: 5 of 15 archives, 160 of 480 MiB, 2 s left, RssAnon 212 MiB");
    }
}
