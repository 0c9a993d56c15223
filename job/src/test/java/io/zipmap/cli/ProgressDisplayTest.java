package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.plan.Work;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressDisplayTest {
    private static final String CLEARED = "cleared";

    private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();

    private ProgressOutput output(long delayMillis) {
        return new ProgressOutput() {
            @Override
            public void begin() {}

            @Override
            public void show(String text) {
                shown.add(text);
            }

            @Override
            public void clear() {
                shown.add(CLEARED);
            }

            @Override
            public int width() {
                return 100;
            }

            @Override
            public long delayMillis() {
                return delayMillis;
            }

            @Override
            public long periodMillis() {
                return 5;
            }
        };
    }

    private String nextOf(String stage) throws InterruptedException {
        String text = shown.take();
        while (!text.startsWith(stage)) {
            text = shown.take();
        }
        return text;
    }

    @Test
    void aStageIsShownAgainAndAgainUntilItEnds() throws InterruptedException {
        try (ProgressDisplay display = new ProgressDisplay(output(0))) {
            display.begin("inspect", Work.ofArchives(3));
            assertThat(nextOf("inspect")).startsWith("inspect: 0 of 3 archives, ");
            display.add(Work.ofArchives(1));
            String text = nextOf("inspect");
            while (text.startsWith("inspect: 0")) {
                text = nextOf("inspect");
            }
            assertThat(text).startsWith("inspect: 1 of 3 archives, ");
            display.end();
            shown.clear();
            display.begin("pack", Work.ofArchives(1));
            assertThat(nextOf("pack")).startsWith("pack: 0 of 1 archives, ");
        }
        assertThat(shown).last().isEqualTo(CLEARED);
        assertThat(shown).noneMatch(text -> text.startsWith("inspect"));
    }

    @Test
    void aShortStageIsNotShown() throws InterruptedException {
        try (ProgressDisplay display = new ProgressDisplay(output(60_000))) {
            display.begin("plan", Work.UNKNOWN);
            Thread.sleep(20);
        }
        assertThat(shown).containsOnly(CLEARED);
    }

    @Test
    void nothingIsShownAfterTheEndOfTheCommand() throws InterruptedException {
        ProgressDisplay display = new ProgressDisplay(output(0));
        display.close();
        display.begin("plan", Work.UNKNOWN);
        Thread.sleep(20);
        assertThat(shown).containsOnly(CLEARED);
    }
}
