package io.zipmap.sql;

import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;

/**
 * The metrics of a scan in the SQL tab, each a sum over its tasks. Spark creates an instance of each class by its name,
 * so the classes are public and have public constructors.
 */
public final class ScanTotals {
    private ScanTotals() {}

    static CustomMetric[] all() {
        return new CustomMetric[] {
            new BytesMapped(),
            new BytesExtracted(),
            new FilesReused(),
            new LocalArrays(),
            new ArraysOpened(),
            new ArraysHealed(),
            new ArraysLeftOut(),
            new Batches(),
            new SlicesAggregated(),
            new BlocksSkipped()
        };
    }

    public static final class BytesMapped extends CustomSumMetric {
        static final String NAME = "bytesMapped";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "bytes mapped";
        }
    }

    public static final class BytesExtracted extends CustomSumMetric {
        static final String NAME = "bytesExtracted";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "bytes extracted";
        }
    }

    public static final class FilesReused extends CustomSumMetric {
        static final String NAME = "filesReused";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "files reused";
        }
    }

    public static final class LocalArrays extends CustomSumMetric {
        static final String NAME = "localArrays";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "arrays read on their host";
        }
    }

    public static final class ArraysOpened extends CustomSumMetric {
        static final String NAME = "arraysOpened";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "arrays opened";
        }
    }

    public static final class ArraysHealed extends CustomSumMetric {
        static final String NAME = "arraysHealed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "arrays healed";
        }
    }

    public static final class ArraysLeftOut extends CustomSumMetric {
        static final String NAME = "arraysLeftOut";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "arrays left out";
        }
    }

    public static final class Batches extends CustomSumMetric {
        static final String NAME = "batches";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "batches";
        }
    }

    public static final class SlicesAggregated extends CustomSumMetric {
        static final String NAME = "slicesAggregated";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "slices aggregated";
        }
    }

    public static final class BlocksSkipped extends CustomSumMetric {
        static final String NAME = "blocksSkipped";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "blocks skipped";
        }
    }
}
