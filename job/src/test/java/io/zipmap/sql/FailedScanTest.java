package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FailedScanTest {
    @Test
    void explainSpellsOptionsAsTheDataSourceDoes() {
        ZipmapException error =
                new ZipmapException(Condition.OPTION_INVALID, "Invalid value of " + Option.BASE_PATH.mention());
        assertThat(new FailedScan(new StructType(), error).description())
                .isEqualTo("zipmap, fails: [ZIPMAP_OPTION_INVALID] Invalid value of basePath.");
    }
}
