package io.zipmap.job;

import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns that scratch is not encrypted if the user asked Spark to encrypt its local files. */
final class EncryptionWarning {
    private static final Logger LOG = LoggerFactory.getLogger(EncryptionWarning.class);

    private EncryptionWarning() {}

    static void log(SparkSession session) {
        if (session.sparkContext().conf().getBoolean("spark.io.encryption.enabled", false)) {
            LOG.warn("spark.io.encryption.enabled covers Spark's own files only: extracted arrays are in scratch"
                    + " unencrypted. Put --scratch on an encrypted disk where that matters.");
        }
    }
}
