package io.zipmap.job.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.Run;
import io.zipmap.options.Option;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class QuarantineTest {
    private static boolean takes(Condition condition, String onError) throws IOException {
        PipelineSettings settings = PipelineSettings.of(Run.values(Option.ON_ERROR, onError));
        return new Quarantine(settings).takes(new ZipmapException(condition, "Cannot"));
    }

    @Test
    void badArchivesBecomeRowsAndSickNodesDoNot() throws IOException {
        assertThat(takes(Condition.CRC_MISMATCH, "quarantine")).isTrue();
        assertThat(takes(Condition.CRC_MISMATCH, "fail")).isFalse();
        assertThat(takes(Condition.SOURCE_FAILED, "fail")).isFalse();
        assertThat(takes(Condition.SCRATCH_FULL, "quarantine")).isFalse();
    }

    @Test
    void aSourceIsTriedElsewhereWhileThereIsAnElsewhere() {
        assertThat(Quarantine.isLastTry("spark://host:7077", 0, 4)).isFalse();
        assertThat(Quarantine.isLastTry("yarn", 2, 4)).isFalse();
        assertThat(Quarantine.isLastTry("local-cluster[2,1,1024]", 2, 4)).isFalse();
        assertThat(Quarantine.isLastTry("yarn", 3, 4)).isTrue();
        assertThat(Quarantine.isLastTry("local", 0, 4)).isTrue();
        assertThat(Quarantine.isLastTry("local[2]", 0, 4)).isTrue();
        assertThat(Quarantine.isLastTry("local[*,3]", 0, 3)).isTrue();
    }
}
