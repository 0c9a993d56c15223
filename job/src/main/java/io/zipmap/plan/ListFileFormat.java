package io.zipmap.plan;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.InputSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.RecordReader;
import org.apache.hadoop.mapred.Reporter;
import org.apache.hadoop.mapred.TextInputFormat;

/**
 * The lines of a list of inputs, found by its very name: Hadoop's own format takes every name for a glob, and a colon
 * in it for the end of a scheme. A name that nothing has is a glob.
 */
public final class ListFileFormat extends TextInputFormat {
    /** For Hadoop, which makes it by reflection. */
    public ListFileFormat() {}

    static void set(JobConf job, Path list) throws IOException {
        FileInputFormat.setInputPaths(job, list.getFileSystem(job).makeQualified(list));
    }

    @Override
    protected FileStatus[] listStatus(JobConf job) throws IOException {
        Path list = getInputPaths(job)[0];
        FileSystem fs = list.getFileSystem(job);
        return fs.exists(list) && fs.getFileStatus(list).isFile()
                ? new FileStatus[] {fs.getFileStatus(list)}
                : super.listStatus(job);
    }

    /**
     * Hadoop's local file system would look for a checksum file beside the list, by a name that may not hold a colon.
     */
    @Override
    public RecordReader<LongWritable, Text> getRecordReader(InputSplit split, JobConf job, Reporter reporter)
            throws IOException {
        JobConf plain = new JobConf(job);
        plain.set("fs.file.impl", RawLocalFileSystem.class.getName());
        plain.setBoolean("fs.file.impl.disable.cache", true);
        return super.getRecordReader(split, plain, reporter);
    }
}
