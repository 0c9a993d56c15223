package io.zipmap.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScratchScopesTest extends ScratchFixture {
    @Test
    void listsAllScopesAndRemovesThoseThatNobodyUses() throws IOException {
        try (Scratch keep = Scratch.open(app("a0").keep(true))) {
            keep.obtain(tenBytes("k"), TEN_BYTES);
        }
        try (Scratch scratch = Scratch.open(app("a1"))) {
            scratch.obtain(tenBytes("f"), TEN_BYTES);
            List<ScratchScope> scopes = ScratchScopes.list(List.of(folder + "", folder + "/none"));
            Map<String, ScratchScope> by = scopes.stream().collect(Collectors.toMap(ScratchScope::name, s -> s));
            assertThat(by).containsOnlyKeys("app-a1", "keep");
            assertThat(by.get("app-a1").isInUse()).isTrue();
            assertThat(by.get("app-a1").bytes()).isEqualTo(10);
            assertThat(ScratchScopes.remove(by.get("app-a1"))).isFalse();
            assertThat(by.get("keep")).hasToString(scope("keep") + ": 1 files, 10 bytes, not in use");
            assertThat(ScratchScopes.remove(by.get("keep"))).isTrue();
            assertThat(scope("keep")).doesNotExist();
            assertThat(scratch.obtain(tenBytes("f"), NEVER_CALLED).reused()).isTrue();
        }
    }
}
