package io.zipmap.plan;

import io.zipmap.IoConsumer;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.fs.Inputs;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
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
 * A Hadoop input format that reads the lines of one file of inputs, whose path is taken literally. Hadoop's own format
 * takes every path for a glob, and a colon in it for the end of a scheme. If no file has the name, the path is a glob.
 */
public final class ListFileFormat extends TextInputFormat {
    /** Hadoop creates it by reflection. */
    public ListFileFormat() {}

    static void set(JobConf job, Path list) throws IOException {
        FileInputFormat.setInputPaths(job, list.getFileSystem(job).makeQualified(list));
    }

    /** Whether a line, without white space at its ends, is an input: it is not empty and no comment. */
    static boolean isInput(String line) {
        return !line.isEmpty() && !line.startsWith("#");
    }

    /** Reads the inputs in a list, on the driver. */
    static void forEachInput(Configuration configuration, String list, IoConsumer<String> each) throws IOException {
        new Inputs(configuration).file(list);
        JobConf job = new JobConf(configuration);
        set(job, HadoopPaths.ofInput(list));
        ListFileFormat format = new ListFileFormat();
        format.configure(job);
        for (InputSplit split : format.getSplits(job, 1)) {
            try (RecordReader<LongWritable, Text> lines = format.getRecordReader(split, job, Reporter.NULL)) {
                LongWritable key = lines.createKey();
                Text value = lines.createValue();
                while (lines.next(key, value)) {
                    String line = value.toString().trim();
                    if (isInput(line)) {
                        each.accept(line);
                    }
                }
            }
        }
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
     * Reads local files without checksums. Hadoop's local file system would look for a checksum file beside the list,
     * and fails if the name has a colon.
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
