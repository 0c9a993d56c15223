package io.zipmap.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelTextTest {
    private static final String STATUS = """
            Name:\tjava
            Umask:\t0022
            VmHWM:\t  412345 kB
            VmRSS:\t  401234 kB
            RssAnon:\t  300100 kB
            RssFile:\t  101000 kB
            RssShmem:\t     134 kB
            VmData:\t  560000 kB
            VmSwap:\t      12 kB
            HugetlbPages:\t       0 kB
            Threads:\t61
            """;

    /** Linux 3.10, as of CentOS 7. */
    private static final String OLD_STATUS = """
            Name:\tjava
            VmHWM:\t  412345 kB
            VmRSS:\t  401234 kB
            VmData:\t  560000 kB
            VmSwap:\t       0 kB
            Threads:\t61
            """;

    private static final String SMAPS_ROLLUP = """
            5596eaa4a000-7ffce5423000 ---p 00000000 00:00 0                          [rollup]
            Rss:                1640 kB
            Pss:                 244 kB
            Pss_Dirty:           112 kB
            Pss_Anon:            112 kB
            Swap:                  0 kB
            """;

    private static final String STAT =
            "14013 (a) b (c) R 14004 14004 4536 0 -1 4194304 98 5 7 0 1 2 0 0 20 0 1 0 50791";

    private static MemorySample sample(long[] values) {
        return MemorySample.of(0, values);
    }

    @Test
    void statusTellsAnonymousFileAndSharedMemoryAndSwap() {
        long[] values = MemorySample.absentValues();
        KernelText.of(STATUS).readStatus(values);
        assertThat(sample(values).value(MemoryMetric.RSS_ANON)).hasValue(300100L << 10);
        assertThat(sample(values).value(MemoryMetric.RSS_FILE)).hasValue(101000L << 10);
        assertThat(sample(values).value(MemoryMetric.RSS_SHMEM)).hasValue(134L << 10);
        assertThat(sample(values).value(MemoryMetric.SWAP)).hasValue(12L << 10);
        assertThat(sample(values).value(MemoryMetric.PSS)).isEmpty();
    }

    @Test
    void whatAnOldKernelDoesNotTellIsAbsentAndNotZero() {
        long[] values = MemorySample.absentValues();
        KernelText.of(OLD_STATUS).readStatus(values);
        assertThat(sample(values).value(MemoryMetric.RSS_ANON)).isEmpty();
        assertThat(sample(values).value(MemoryMetric.RSS_SHMEM)).isEmpty();
        assertThat(sample(values).value(MemoryMetric.SWAP)).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void aTextThatEndsInALineIsReadUpToThere() {
        long[] values = MemorySample.absentValues();
        KernelText.of("RssFile:\t 4 kB\nRssAnon:").readStatus(values);
        assertThat(sample(values).value(MemoryMetric.RSS_FILE)).hasValue(4096);
        assertThat(sample(values).value(MemoryMetric.RSS_ANON)).isEmpty();
    }

    @Test
    void pssIsThatOfAllPages() {
        long[] values = MemorySample.absentValues();
        KernelText.of(SMAPS_ROLLUP).readSmapsRollup(values);
        assertThat(sample(values).value(MemoryMetric.PSS)).hasValue(244L << 10);
    }

    @Test
    void theNameOfAProgramMayLookLikeFields() {
        KernelText stat = KernelText.of(STAT);
        long[] values = MemorySample.absentValues();
        stat.readStat(values);
        assertThat(stat.program()).isEqualTo("a) b (c");
        assertThat(stat.parent()).isEqualTo(14004);
        assertThat(sample(values).value(MemoryMetric.MINOR_FAULTS)).hasValue(98);
        assertThat(sample(values).value(MemoryMetric.MAJOR_FAULTS)).hasValue(7);
    }

    @ParameterizedTest
    @CsvSource({
        "max, -1",
        "9223372036854771712, -1",
        "9223372036854775807, -1",
        "99999999999999999999, -1",
        "'', -1",
        "0, 0",
        "268435456, 268435456"
    })
    void noLimitOfACgroupIsAbsent(String text, long bytes) {
        assertThat(KernelText.of(text + "\n").cgroupBytes()).isEqualTo(bytes);
    }
}
