package io.zipmap.job;

import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that scratch is plain text where a user who asked Spark for encryption may think otherwise. */
final class EncryptionWarning {
    private static final Logger LOG = LoggerFactory.getLogger(EncryptionWarning.class);

    private EncryptionWarning() {}

    static void warn(SparkSession session) {
        if (session.sparkContext().conf().getBoolean("spark.io.encryption.enabled", false)) {
            LOG.warn("spark.io.encryption.enabled covers Spark's own files only: extracted arrays lie in scratch"
                    + " unencrypted. Put --scratch on an encrypted disk where that matters.");
        }
    }
}
