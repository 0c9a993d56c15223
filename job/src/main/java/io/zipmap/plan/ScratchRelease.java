package io.zipmap.plan;

import io.zipmap.store.NodeScratch;
import java.io.IOException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the driver's scratch back when the application stops: the process of a notebook goes on, and starts the next
 * one.
 */
final class ScratchRelease extends SparkListener {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchRelease.class);

    private final String application;

    ScratchRelease(String application) {
        this.application = application;
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
        try {
            NodeScratch.end(application);
        } catch (IOException e) {
            LOG.warn("Cannot remove scratch now: the next start on this node will", e);
        }
    }
}
