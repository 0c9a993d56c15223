package io.zipmap.sql;

import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * What a session can have beside the data source: hidden columns of views, scans that compute standard deviations and
 * variances, and aggregates in one job. For {@code spark.sql.extensions}.
 */
public final class ZipmapExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        HiddenColumnsRule.addTo(extensions);
        extensions.injectPlannerStrategy(BufferAggregation::new);
        extensions.injectPlannerStrategy(session -> new GlobalAggregation());
        return BoxedUnit.UNIT;
    }
}
