package io.zipmap.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    @Test
    void aProcessIsDeadIfStartTimeOrBootDiffersAndUnknownOnAnotherHost() throws Exception {
        List<String> own = ProcessIdentity.current().toString().lines().toList();
        assertThat(status(own.get(0), own.get(1), own.get(2), own.get(3))).isEqualTo(ProcessStatus.ALIVE);
        assertThat(status(own.get(0), own.get(1), own.get(2), "12")).isEqualTo(ProcessStatus.DEAD);
        assertThat(status(own.get(0), "other boot", own.get(2), own.get(3))).isEqualTo(ProcessStatus.DEAD);
        assertThat(status(own.get(0), own.get(1), "999999999", "")).isEqualTo(ProcessStatus.DEAD);
        assertThat(status("elsewhere", "other boot", "1", "1")).isEqualTo(ProcessStatus.ELSEWHERE);
        assertThat(status("another container", own.get(1), "1", "1"))
                .as("its lock decides then")
                .isEqualTo(ProcessStatus.DEAD);
        assertThat(ProcessIdentity.parse("no identity").status()).isEqualTo(ProcessStatus.DEAD);
    }

    private static ProcessStatus status(String... lines) throws IOException {
        return ProcessIdentity.parse(String.join("\n", lines)).status();
    }
}
